/// A component that uses another one, and by what.
struct NamedUse: Equatable, Sendable {
  let component: NamedComponent
  /// Whose layer says so.
  let layer: SolutionName
  let isManaged: Bool
  /// Sorted.
  let via: [String]
  /// Whether an environment told so, and no package.
  var isTold = false

  /// By what it uses the other, in brackets.
  var way: Phrase {
    isTold ? "reported by the environment, not by a package" : Phrase(via.joined(separator: ", "))
  }

  var user: Phrase {
    switch layer {
    case .draft: "the draft of \(component)"
    case .system where isTold: "\(component)"
    case .active: "\(component) of the unmanaged layer"
    case let name: "\(component) of solution \(name)"
    }
  }
}
