package import Solutions

extension Impact {
  /// In a heading.
  package var title: Prose {
    switch self {
    case .data: "Data"
    case .behavior: "Behavior"
    case .access: "Access"
    case .interface: "Forms, views, navigation"
    case .label: "Labels"
    case .metadata: "Metadata only"
    }
  }
}
