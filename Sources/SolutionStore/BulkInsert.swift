internal import SQL

/// Collects rows of one table and inserts many with one statement.
struct BulkInsert {
  private let head: String
  private let width: Int
  private let tail: String
  private var values: [SQLValue] = []
  private let rowsMax: Int

  /// - Parameter columns: separated by commas.
  init(into table: String, _ columns: String, orIgnore: Bool = false) {
    head = "INSERT INTO \(table) (\(columns)) VALUES "
    width = columns.split(separator: ",").count
    tail = orIgnore ? " ON CONFLICT DO NOTHING" : ""
    rowsMax = max(1, 900 / width)
  }

  mutating func add(_ row: [SQLValue], to session: any SQLSession) throws {
    precondition(row.count == width, "a row has a value for each column")
    values += row
    if values.count == rowsMax * width { try flush(to: session) }
  }

  mutating func flush(to session: any SQLSession) throws {
    guard !values.isEmpty else { return }
    let rows = values.count / width
    var statement = head
    for row in 0..<rows {
      statement += row == 0 ? "(" : ", ("
      for column in 1...width {
        statement += column == 1 ? "$\(row * width + column)" : ", $\(row * width + column)"
      }
      statement += ")"
    }
    try session.execute(statement + tail, values)
    values.removeAll(keepingCapacity: true)
  }
}

extension SQLSession {
  /// Runs a statement for many values, some hundreds at a time; `…` in it stands for their list.
  func execute(_ statement: String, among values: [SQLValue]) throws {
    let chunk = 500
    for start in stride(from: 0, to: values.count, by: chunk) {
      let some = Array(values[start..<min(start + chunk, values.count)])
      let list = (1...some.count).map { "$\($0)" }.joined(separator: ", ")
      try execute(statement.replacing("…", with: list, maxReplacements: 1), some)
    }
  }

  /// Runs a query for many values of one column, some hundreds at a time; `…` in it stands for their list.
  func forEachRow(
    _ query: String,
    in values: [SQLValue],
    _ body: (SQLRow) throws -> Void
  ) throws {
    let chunk = 500
    for start in stride(from: 0, to: values.count, by: chunk) {
      let some = Array(values[start..<min(start + chunk, values.count)])
      let list = (1...some.count).map { "$\($0)" }.joined(separator: ", ")
      try forEachRow(query.replacing("…", with: list, maxReplacements: 1), some, body)
    }
  }
}
