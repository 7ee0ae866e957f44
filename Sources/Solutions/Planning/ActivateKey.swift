extension Plan {
  /// Makes the index of a key that failed, after rows were put right (as `ReactivateEntityKey`).
  ///
  /// - Parameter state: with the key and its table.
  package static func activatingKey(
    _ id: ComponentID,
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    guard let table = id.tableAndColumn?.table, let key = state.design(ofKey: id, kinds: kinds)
    else {
      planner.tell(NoSuchKey(key: planner.named(id)))
      return planner.plan()
    }
    planner.perform(.schema(.activateKey(key, table: .entity(table))))
    return planner.plan()
  }
}
