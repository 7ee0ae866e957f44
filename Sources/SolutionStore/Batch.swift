internal import SQL

/// Collects rows of one table and writes many together.
struct Batch {
  private let table: String
  private let conflict: SQLConflict
  private var rows: SQLRows

  /// So many wait at most, and so many bytes of them.
  private static let (rowsMax, bytesMax) = (5_000, 4 << 20)

  init(into table: String, _ columns: [String], _ conflict: SQLConflict = .refused) {
    self.table = table
    self.conflict = conflict
    rows = SQLRows(columns)
  }

  mutating func add(_ row: [SQLValue], to session: any SQLSession) throws(SQLError) {
    rows.append(row)
    if rows.count == Self.rowsMax || rows.bytes >= Self.bytesMax { try flush(to: session) }
  }

  mutating func flush(to session: any SQLSession) throws(SQLError) {
    guard !rows.isEmpty else { return }
    try session.insert(rows, into: table, conflict)
    rows.removeAll()
  }
}
