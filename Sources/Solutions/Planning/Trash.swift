extension Plan {
  /// Gives a column or table the values that lie in the trash; those that it has now go there instead.
  ///
  /// - Parameters:
  ///   - state: with the component, its table and the table's columns.
  ///   - former: for a table, which values its columns had when it was dropped.
  package static func restoringTrash(
    _ incarnation: Incarnation.ID,
    of id: ComponentID,
    former: [ComponentID: Incarnation],
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    guard state.stacks[id] != nil else {
      planner.findings.append(
        Finding(
          .error,
          .nothingToRestore,
          rule: "strata.trash",
          .inferred,
          subject: planner.subject(id),
          "\(planner.spoken(id)) is not there, so there is no place for its values",
          remedy: "roll back the operation that dropped it, or import a version that has it again"
        )
      )
      return planner.plan()
    }
    if let (table, _) = id.tableAndColumn {
      planner.perform(.schema(.dropColumns(table: .entity(table), [id])))
      planner.perform(.schema(.restoreColumn(id, table: .entity(table), incarnation)))
    } else {
      planner.restoreTable(incarnation, of: id, former: former)
    }
    return planner.plan()
  }

  /// Takes what lies in the trash away for good.
  package static func purgingTrash(
    _ incarnations: [Incarnation.ID],
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    for incarnation in incarnations.sorted() { planner.perform(.schema(.purge(incarnation))) }
    return planner.plan()
  }
}

extension Planner {
  fileprivate mutating func restoreTable(
    _ incarnation: Incarnation.ID,
    of id: ComponentID,
    former: [ComponentID: Incarnation]
  ) {
    let parts = state.partsByTable(kinds)[id] ?? []
    let design =
      state.design(ofIntersect: id) ?? state.design(ofTable: id, parts: parts, kinds: kinds)
    perform(.schema(.dropTable(design.tableName)))
    let values = design.columns.compactMap { column -> ColumnIncarnation? in
      guard let id = column.id, let was = former[id], !was.isPurged else { return nil }
      return ColumnIncarnation(column: id, id: was.id)
    }
    perform(.schema(.restoreTable(design, incarnation, columns: values)))
  }

  /// What was purged does not come back with its component.
  mutating func warnOfPurged() {
    for (id, wanted) in former.sorted(by: { $0.key < $1.key })
    where wanted.isPurged && state.stacks[id] != nil {
      findings.append(
        Finding(
          .warning,
          .purged,
          rule: "strata.trash",
          .inferred,
          subject: subject(id),
          "the data of \(spoken(id)) was purged from the trash; it comes back empty"
        )
      )
    }
  }
}
