internal import SQL

/// How several columns leave a table at once.
///
/// SQLite writes a table anew for each column that it drops. Several are emptied in one pass and put aside under names
/// that nobody asks for, as other databases do with all that they drop; `compact` takes them out.
extension SQLiteSession {
  func dropColumns(_ columns: [String], of table: String) throws {
    guard columns.count > 1 else {
      for column in columns {
        try execute("ALTER TABLE \(name: table) DROP COLUMN \(name: column)")
      }
      return
    }
    let used = try Set(aside(in: table))
    let nothing = columns.map { "\(name: $0) = NULL" as SQLText }.joined(separator: ", ")
    try execute("UPDATE \(name: table) SET \(nothing)")
    var number = 0
    for column in columns {
      repeat { number += 1 } while used.contains(Self.aside(number))
      try execute(
        "ALTER TABLE \(name: table) RENAME COLUMN \(name: column) TO \(name: Self.aside(number))"
      )
    }
    let aside = try aside(in: table)
    // They count among the 2,000 that a table may have.
    if try aside.count > Self.mostAside || everyColumn(of: table).count > Self.mostColumns {
      try takeOut(aside, of: table)
    }
  }

  private static let mostAside = 100
  private static let mostColumns = 1_000
  private static let asidePrefix = "~aside"

  private static func aside(_ number: Int) -> String { "\(asidePrefix)\(number)" }

  /// Whether a column of that name was dropped.
  static func isAside(_ name: String) -> Bool { name.hasPrefix(asidePrefix) }

  private func aside(in table: String) throws -> [String] {
    try everyColumn(of: table).filter { Self.isAside($0) }
  }

  /// Takes out of all tables what was put aside.
  func takeOutAside() throws {
    for (table, object) in try objects().sorted(by: { $0.key < $1.key }) where object == .table {
      try takeOut(try aside(in: table), of: table)
    }
  }

  /// One new table for all of them.
  private func takeOut(_ columns: [String], of table: String) throws {
    // What other programs made of a table would go with the old one.
    let isOwn = try objects().values.allSatisfy { $0 == .table || $0 == .index }
    guard columns.count > 1, isOwn else { return try alter(columns, table) }
    let (made, indexes) = try designs(of: table)
    let former = "\(table)~former"
    try execute("ALTER TABLE \(name: table) RENAME TO \(name: former)")
    try execute(verbatim: made)
    // There is nothing in it yet, so it costs nothing.
    try alter(columns, table)
    let kept = try everyColumn(of: table)
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
