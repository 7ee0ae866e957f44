internal import SQL

/// Collects rows of one table and inserts many with one statement.
struct BulkInsert {
  private let head: SQLText
  private let width: Int
  private let tail: SQLText
  private var rows: [[SQLValue]] = []
  private let rowsMax: Int

  init(into table: String, _ columns: [String], orIgnore: Bool = false) {
    head = "INSERT INTO \(name: table) (\(names: columns)) VALUES "
    width = columns.count
    tail = orIgnore ? " ON CONFLICT DO NOTHING" : ""
    rowsMax = max(1, 900 / width)
  }

  mutating func add(_ row: [SQLValue], to session: any SQLSession) throws {
    precondition(row.count == width, "a row has a value for each column")
    rows.append(row)
    if rows.count == rowsMax { try flush(to: session) }
  }

  mutating func flush(to session: any SQLSession) throws {
    guard !rows.isEmpty else { return }
    let lists = rows.map { "\(list: $0)" as SQLText }
    try session.execute("\(head)\(lists.joined(separator: ", "))\(tail)")
    rows.removeAll(keepingCapacity: true)
  }
}
