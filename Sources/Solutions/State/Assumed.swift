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
    if component.isReference || isImplied(kind) { return true }
    let element = component.definition.element
    switch kind.type {
    case .number(1): return element.descend("EntityInfo", "entity", "IsCustomizable") == nil
    case .number(2), .number(26): return element.child("IsCustomizable") == nil
    case .number(46):
      // The platform maps its own tables.
      return ["EntitySource", "EntityTarget"].allSatisfy { end in
        SystemBaseline.contains(.entity(element.text(of: end) ?? ""))
      }
    case .number(62) where component.id.key == "default":
      // The organization's site map is the platform's own; nobody can delete it (LY-606).
      return true
    default: return kind.merge.needsBase && component.definition.isDifference
    }
  }

  /// Kinds that always lie over what the platform has: ribbons are differences (LY-701).
  static func isImplied(_ kind: ComponentKind) -> Bool {
    kind.type == .number(50) || kind.type == .number(55)
  }
}

extension Layer {
  /// Whether its definition is taken for granted and not known.
  package var isAssumed: Bool { definition == Assumed.definition }
}
