internal import SQL

extension SQLiteSession {
  /// SQLite writes a table anew for each column that it drops: for several, that is done here, once.
  func dropColumns(_ columns: [String], of table: String) throws {
    // What other programs made of a table would go with the old one.
    let isOwn = try objects().values.allSatisfy { $0 == .table || $0 == .index }
    guard columns.count > 1, isOwn else { return try alter(columns, table) }
    let (made, indexes) = try designs(of: table)
    let former = "\(table)~former"
    try execute("ALTER TABLE \(name: table) RENAME TO \(name: former)")
    try execute(verbatim: made)
    // There is nothing in it yet, so it costs nothing.
    try alter(columns, table)
    let kept = try self.columns(of: table)
    try execute(
      """
      INSERT INTO \(name: table) (rowid, \(names: kept))
      SELECT rowid, \(names: kept) FROM \(name: former) ORDER BY rowid
      """
    )
    try execute("DROP TABLE \(name: former)")
    for index in indexes { try execute(verbatim: index) }
  }

  private func alter(_ columns: [String], _ table: String) throws {
    for column in columns {
      try execute("ALTER TABLE \(name: table) DROP COLUMN \(name: column)")
    }
  }

  /// The statements that made a table and its indexes, as the database keeps them.
  private func designs(of table: String) throws -> (table: String, indexes: [String]) {
    var made = ""
    var indexes: [String] = []
    try forEachRow(
      "SELECT type, sql FROM sqlite_schema WHERE tbl_name = \(table) AND sql IS NOT NULL ORDER BY rowid"
    ) { row in
      if try row.text(0) == "table" {
        made = try row.text(1)
      } else {
        indexes.append(try row.text(1))
      }
    }
    return (made, indexes)
  }
}
