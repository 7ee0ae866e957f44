/// What tells giving an upgrade up from uninstalling: what was legal before the stage is legal after it (LC-414, docs/decisions/045).
extension Planner {
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
  /// (PF-215), an unmanaged one does not (LC-405).
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
