/// A table as a database has it: what another one is told to make.
package struct SQLTable: Equatable, Sendable {
  /// How values of a column are kept, whatever each database calls that.
  package enum Storage: Hashable, Sendable {
    case text
    case integer
    case real
    case decimal
    case blob

    package func declared(in dialect: any SQLDialect) -> SQLText {
      switch self {
      case .text: dialect.text
      case .integer: "BIGINT"
      case .real: dialect.real
      case .decimal: dialect.decimal
      case .blob: dialect.blob
      }
    }
  }

  package struct Column: Equatable, Sendable {
    package let name: String
    package let storage: Storage
    package let isRequired: Bool

    package init(_ name: String, _ storage: Storage, isRequired: Bool = false) {
      self.name = name
      self.storage = storage
      self.isRequired = isRequired
    }
  }

  package let name: String
  /// In order.
  package let columns: [Column]
  /// Names of columns; none where nothing tells rows apart.
  package let primaryKey: [String]
  /// Columns that are unique together, each list by a constraint of the table.
  package let uniques: [[String]]

  package init(
    _ name: String,
    _ columns: [Column],
    primaryKey: [String] = [],
    uniques: [[String]] = []
  ) {
    self.name = name
    self.columns = columns
    self.primaryKey = primaryKey
    self.uniques = uniques
  }
}

extension SQLSession {
  /// Makes a table that is like another one.
  package func create(_ table: SQLTable) throws(SQLError) {
    var lines = table.columns.map { column -> SQLText in
      let constraint: SQLText = column.isRequired ? " NOT NULL" : ""
      return "\(name: column.name) \(column.storage.declared(in: dialect))\(constraint)"
    }
    if !table.primaryKey.isEmpty { lines.append("PRIMARY KEY (\(names: table.primaryKey))") }
    lines += table.uniques.map { "UNIQUE (\(names: $0))" }
    try execute("CREATE TABLE \(name: table.name) (\(lines.joined(separator: ", ")))")
  }
}
