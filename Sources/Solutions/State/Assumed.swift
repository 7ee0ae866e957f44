internal import XML

/// Components that the platform, or a solution outside of what is given, is taken to have (design §3.6).
enum Assumed {
  /// Stands for a definition nobody has shown us.
  static let definition: Definition = {
    do {
      return Definition(XMLFragment(try XMLTree(Array("<assumed></assumed>".utf8)).root))
    } catch {
      preconditionFailure("a constant document can be read: \(error)")
    }
  }()

  /// The layer under which `component` says something of what is not its own.
  static func layer(under component: Component) -> Layer {
    Layer(
      solution: .system,
      publisher: .system,
      rank: .system,
      component: Component(
        id: component.id,
        name: component.name,
        displayName: component.displayName,
        parent: component.parent,
        definition: definition,
        location: Location(file: "assumed", line: 0)
      )
    )
  }

  /// Whether the component cannot stand on its own: a mention, a difference, or a table or column whose
  /// exporter did not own it and so left out its managed properties (PF-305).
  static func isNeeded(under component: Component, _ kind: ComponentKind) -> Bool {
    if component.isReference { return true }
    switch kind.type {
    case .number(1):
      return component.definition.element.descend("EntityInfo", "entity", "IsCustomizable") == nil
    case .number(2):
      return component.definition.element.child("IsCustomizable") == nil
    default:
      return kind.merge == .elements && kind.type != .number(55) && kind.type != .number(50)
        && component.definition.isDifference
    }
  }
}

extension Layer {
  /// Whether its definition is taken for granted and not known.
  package var isAssumed: Bool { definition == Assumed.definition }
}
