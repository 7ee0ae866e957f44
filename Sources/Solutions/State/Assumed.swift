internal import XML

/// Components that the platform, or a solution outside of what is given, is taken to have.
enum Assumed {
  /// Stands for a definition nobody has shown us.
  static let definition: Definition = {
    do {
      return Definition(XMLFragment(try XMLTree(Array("<assumed></assumed>".utf8)).root))
    } catch {
      preconditionFailure("a constant document can be read: \(error)")
    }
  }()

  /// Of what is only named.
  static func layer(named id: ComponentID) -> Layer {
    layer(
      under: Component(
        id: id,
        name: id.key,
        displayName: nil,
        parent: nil,
        definition: definition,
        location: Location(file: "assumed", line: 0)
      )
    )
  }

  /// The layer under which `component` says something of what is not its own.
  static func layer(under component: Component) -> Layer {
    .ofSystem(
      Component(
        id: component.id,
        name: component.name,
        displayName: component.displayName,
        parent: component.parent,
        definition: definition,
        location: Location(file: "assumed", line: 0)
      )
    )
  }
}

extension Layer {
  /// Whether its definition is taken for granted and not known.
  package var isAssumed: Bool { definition == Assumed.definition }
}

extension LayerStack {
  /// Whether its base is taken for granted, and all that is said of it is said by some layers.
  func isSaid(by isTheirs: (Layer) -> Bool) -> Bool {
    base.isAssumed && layers.count > 1 && layers.dropFirst().allSatisfy(isTheirs)
  }
}
