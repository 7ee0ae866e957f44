internal import JSON
internal import SQL
internal import Solutions

extension StoredTable {
  /// One whose rows come with the question: one value that the database takes apart.
  init(_ told: ToldRows, dialect: any SQLDialect) {
    table = told.table
    name = told.table.name
    columns = dialect.naming(told.table.columns, besides: [:])
    inactiveKeys = [:]
    let names = told.table.columns.map { (stored($0.name), $0.type.storage) }
    rows = dialect.rows(
      of: "\(told.json)",
      names.map { name, storage in (name, storage.declared(in: dialect)) }
    )
  }
}

extension ToldRows {
  /// A list of lists of values.
  fileprivate var json: String {
    let lists = rows.map { row in "[\(row.map { $0.json }.joined(separator: ","))]" }
    return "[\(lists.joined(separator: ","))]"
  }
}

extension RowValue {
  fileprivate var json: String {
    switch self {
    case .text(let text):
      var quoted = JSONText()
      quoted.write(text)
      return String(decoding: quoted.bytes, as: UTF8.self)
    case .integer(let number): return "\(number)"
    case .real(let number): return number.isFinite ? "\(number)" : "null"
    case .null, .bytes: return "null"
    }
  }
}
