/// What a finding is about.
package enum Subject: Hashable, Sendable {
  case component(NamedComponent)
  case solution(SolutionName)
  /// A package or one of its parts, by its file.
  case file(String)
  /// An entry that names no component: of a package's part, or of a file of settings.
  case entry(String)
  case plan

  package var text: String {
    switch self {
    case .component(let component): component.address
    case .solution(let name): name.text
    case .file(let name), .entry(let name): name
    case .plan: "plan"
    }
  }

  /// A component where there is one; else what it was found in.
  static func one(of components: [NamedComponent], else subject: Subject) -> Subject {
    components.count == 1 ? .component(components[0]) : subject
  }
}
