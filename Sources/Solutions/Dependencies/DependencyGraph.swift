/// Who needs whom, by the definitions in effect (DP-201); made from a state when asked for.
package struct DependencyGraph: Sendable {
  package struct Edge: Hashable, Sendable {
    package let dependent: ComponentID
    package let required: ComponentID
    package let type: DependencyType
    package let via: [String]
  }

  private let required: [ComponentID: [Edge]]
  private let dependents: [ComponentID: [Edge]]

  package init(_ state: InstalledState, kinds: ComponentKinds) {
    var required: [ComponentID: [Edge]] = [:]
    var dependents: [ComponentID: [Edge]] = [:]
    for (id, stack) in state.stacks {
      var via: [ComponentID: [String]] = [:]
      var types: [ComponentID: DependencyType] = [:]
      if let parent = stack.top.component.parent {
        via[parent] = ["part of it"]
        types[parent] = .solutionInternal
      }
      for reference in stack.references(kinds) where reference.target != id {
        via[reference.target, default: []].append(reference.via)
        // One type for each pair (DP-104): a part never blocks its whole.
        types[reference.target] = min(types[reference.target] ?? .published, reference.type)
      }
      for (target, places) in via {
        let edge = Edge(
          dependent: id,
          required: target,
          type: types[target] ?? .published,
          via: Array(Set(places)).sorted()
        )
        required[id, default: []].append(edge)
        dependents[target, default: []].append(edge)
      }
    }
    self.required = required.mapValues { $0.sorted { $0.required < $1.required } }
    self.dependents = dependents.mapValues { $0.sorted { $0.dependent < $1.dependent } }
  }

  /// What the component needs.
  package func required(by id: ComponentID) -> [Edge] { required[id] ?? [] }

  /// What needs the component.
  package func dependents(of id: ComponentID) -> [Edge] { dependents[id] ?? [] }

  /// What stands in the way of deleting the component and its parts (dependencies.md §4.3).
  package static func blocking(
    _ id: ComponentID,
    in state: InstalledState,
    kinds: ComponentKinds
  ) -> [Edge] {
    DeletionClosure(of: [id], in: state).blockers(in: state, kinds: kinds).flatMap { blocked in
      blocked.dependents.map {
        Edge(dependent: $0.id, required: blocked.id, type: .published, via: $0.via)
      }
    }
  }
}
