/// What tells giving an upgrade up from uninstalling: what was legal before the stage is legal after it (lifecycle.md
/// §4.14, docs/decisions/045).
extension Planner {
  /// Who stands in the way: everyone who uses what goes and, where a stage is given up, only those who have come to
  /// use it since.
  ///
  /// The base solution and its patches cannot change while the upgrade is pending, so what they name they named before.
  mutating func usedSince(
    _ blocked: [DeletionClosure.Blocked],
    _ dropping: Dropping
  ) -> [DeletionClosure.Blocked] {
    guard let base = dropping.discarded else { return blocked }
    let naming = Naming(of: blocked.map(\.id), in: state, kinds: kinds)
    return blocked.compactMap { blocked in
      let old = blocked.dependents.filter { names($0.id, blocked.id, naming, by: base) }
      for dependent in old {
        tell(StagedOnly(component: named(dependent.id), target: named(blocked.id)))
      }
      let told = Set(old.map(\.id))
      let since = blocked.dependents.filter { !told.contains($0.id) }
      return since.isEmpty ? nil : DeletionClosure.Blocked(id: blocked.id, dependents: since)
    }
  }

  /// Whether a layer of the solution or of its patches names the component.
  private func names(
    _ id: ComponentID,
    _ target: ComponentID,
    _ naming: Naming,
    by base: SolutionName
  ) -> Bool {
    (state.stacks[id]?.layers ?? []).contains { layer in
      family(of: layer.solution) == base
        && kinds[id.type].references(layer.component).contains {
          naming[$0.target].contains(target)
        }
    }
  }

  /// Whether the component was unmanaged before the stage put its layer under it: its definition is whole and, where
  /// it is a table, so is that of a column.
  func stoodUnmanaged(_ stack: LayerStack) -> Bool {
    guard let active = stack.layer(of: .active), !active.definition.isDifference else {
      return false
    }
    let id = stack.top.component.id
    guard kinds[id.type].physical == .table else { return true }
    return state.stacks.values.contains { part in
      part.top.component.parent == id && part.layer(of: .active) != nil
        && kinds[part.top.component.id.type].physical == .column
    }
  }

  /// Who says something of what goes lists it no longer; a managed solution that lists it without content still does
  /// (PF-215), an unmanaged one does not (lifecycle.md §4.5).
  mutating func unlist(_ gone: Set<ComponentID>, _ dropping: Dropping) {
    for (name, solution) in state.solutions.sorted(by: { $0.key < $1.key })
    where !dropping.owners.contains(name) {
      let listed = solution.members.intersection(gone).filter { id in
        !solution.isManaged || state.layer(of: id, by: name) != nil
      }
      if !listed.isEmpty { perform(.unlist(name, listed)) }
    }
  }
}
