/// A component that uses another one, and by what.
struct NamedUse: Equatable, Sendable {
  let component: NamedComponent
  /// Whose layer says so.
  let layer: SolutionName
  let isManaged: Bool
  /// Sorted.
  let via: [String]

  var user: Phrase {
    switch layer {
    case .draft: "the draft of \(component)"
    case .active: "\(component) of the unmanaged layer"
    case let name: "\(component) of solution \(name)"
    }
  }
}
