package import Solutions

extension PlanShape {
  /// What was counted when the plan was made.
  package func counts(kinds: ComponentKinds) -> RowCounts {
    var counts = RowCounts()
    for change in changes {
      guard let loss = change.dataLoss, let kind = kinds[named: change.component.kind] else {
        continue
      }
      let id = ComponentID(kind.type, change.component.name.lowercased())
      switch kind.physical {
      case .table: counts.rows[id] = loss.rows?.number
      case .column: counts.values[id] = loss.values?.number
      case .relationship, .key, .none: break
      }
    }
    return counts
  }
}
