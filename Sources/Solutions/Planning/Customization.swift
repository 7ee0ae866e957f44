/// Work on the unmanaged layer (LY-1150).
package enum Customization: Equatable, Sendable {
  /// Properties of a component, by path.
  case set(ComponentID, [PropertyEdit])
  /// A difference as packages write it, from a file.
  case patch(ComponentID, difference: [UInt8], file: String)
  /// The component itself goes, with its data.
  case remove(ComponentID)
  /// The unmanaged layer goes, and what lies below comes up.
  case reset([ComponentID])

  package var components: Set<ComponentID> {
    switch self {
    case .set(let id, _), .patch(let id, _, _), .remove(let id): [id]
    case .reset(let ids): Set(ids)
    }
  }
}

extension Plan {
  /// Edits of the unmanaged layer, with all that the owners of what they change have to say.
  ///
  /// - Parameter solution: an unmanaged solution that lists what is changed from now on.
  package static func customizing(
    _ customization: Customization,
    in solution: SolutionName? = nil,
    on state: InstalledState,
    kinds: ComponentKinds = .standard,
    options: PlanOptions = PlanOptions()
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds, options: options)
    planner.customize(customization, in: solution)
    return planner.plan()
  }

  /// The switch that keeps unmanaged work out of an environment, or lets it in again.
  package static func blocking(
    _ isBlocked: Bool,
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    if state.blocksUnmanaged != isBlocked { planner.perform(.blockUnmanaged(isBlocked)) }
    return planner.plan()
  }

  /// What the definitions that it writes name: where planning looks beside what it changes.
  package func named(by kinds: ComponentKinds) -> Set<ComponentID> {
    effects.reduce(into: []) { named, effect in
      guard case .putLayer(let layer) = effect else { return }
      for reference in kinds[layer.component.id.type].references(layer.component) {
        named.insert(reference.target)
        if let (table, _) = reference.target.tableAndColumn { named.insert(.entity(table)) }
      }
    }
  }
}
