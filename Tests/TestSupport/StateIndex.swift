@testable package import Solutions

/// The answers of a state in memory.
package struct StateIndex: FootprintIndex {
  private let state: InstalledState
  private let kinds: ComponentKinds
  private let parts: [ComponentID: [ComponentID]]
  /// What names a component, or anything by that name, in any layer.
  private let namers: [ComponentID: Set<ComponentID>]

  package init(_ state: InstalledState, kinds: ComponentKinds) {
    self.state = state
    self.kinds = kinds
    parts = state.parts()
    namers = state.standingComponents.reduce(into: [:]) { namers, id in
      for layer in state.layers(of: id) {
        for reference in kinds[id.type].references(layer.component) {
          namers[reference.target, default: []].insert(id)
        }
      }
    }
  }

  package func members(of solutions: Set<SolutionName>) -> Set<ComponentID> {
    solutions.reduce(into: []) { $0.formUnion(state.solutions[$1]?.members ?? []) }
  }

  package func parts(of ids: Set<ComponentID>) -> Set<ComponentID> {
    ids.reduce(into: []) { $0.formUnion(parts[$1] ?? []) }
  }

  package func dependents(of ids: Set<ComponentID>) -> Set<ComponentID> {
    var found = parts(of: ids)
    for id in ids {
      let alias = state.standing(id).flatMap { kinds[id.type].alias($0.top.component) }
      for name in [id] + id.nicknames + (alias.map { [$0] } ?? []) {
        found.formUnion(namers[name] ?? [])
      }
    }
    return found
  }

  package func namers(of names: Set<ComponentID>) -> Set<ComponentID> {
    names.reduce(into: []) { $0.formUnion(namers[$1] ?? []) }
  }

  package func required(by ids: Set<ComponentID>) -> Set<ComponentID> {
    ids.reduce(into: []) { found, id in
      for layer in state.layers(of: id) {
        found.formUnion(kinds[id.type].references(layer.component).map(\.target))
      }
    }
  }

  package func parents(of ids: Set<ComponentID>) -> Set<ComponentID> {
    Set(ids.compactMap { state.standing($0)?.top.component.parent })
  }

  package func nested(_ id: ComponentID) -> Set<ComponentID> {
    Set(state.stacks.keys.filter { $0.type == id.type && $0.key.hasSuffix(".\(id.key)") })
  }
}

extension InstalledState {
  /// The same state with only what belongs to a footprint.
  package func restricted(to footprint: Footprint) -> InstalledState {
    var slice = self
    slice.stacks = stacks.filter { footprint.components.contains($0.key) }
    slice.drafts = drafts.filter { footprint.components.contains($0.key) }
    slice.settings = settings.filter { footprint.components.contains($0.key) }
    slice.solutions = solutions.mapValues { solution in
      footprint.solutions.contains(solution.name)
        ? solution : solution.with(members: solution.members.intersection(footprint.components))
    }
    return slice
  }
}
