internal import SQL
internal import Solutions

extension RowStore {
  /// Makes state and status fit each other after one of them was written by itself: a status that belongs to the new
  /// state stays.
  ///
  /// - Parameters:
  ///   - column: the one that was written.
  ///   - operation: which wrote it; its rows alone are looked at.
  func fitStates(after column: String, of stored: StoredTable, in operation: Int) throws {
    let table = stored.table
    guard table.column("statecode") != nil, table.column("statuscode") != nil else { return }
    let state: SQLText = "\(name: stored.stored("statecode"))"
    let status: SQLText = "\(name: stored.stored("statuscode"))"
    let owner = table.statuses.state(of: status)
    switch column {
    case "statecode":
      try sql.execute(
        """
        UPDATE \(name: stored.name) SET \(status) = \(table.statuses.beginning(of: state))
        WHERE versionnumber = \(operation) AND COALESCE(\(owner), -1) <> \(state)
        """
      )
    case "statuscode":
      try sql.execute(
        """
        UPDATE \(name: stored.name) SET \(state) = COALESCE(\(owner), \(state))
        WHERE versionnumber = \(operation)
        """
      )
    default: return
    }
  }
}
