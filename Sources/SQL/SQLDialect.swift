/// Where the databases differ.
package protocol SQLDialect: Sendable {
  /// Type of a column that holds bytes.
  var blob: SQLText { get }
  /// Type of a column that holds exact decimals, as numbers or in their canonical spelling.
  var decimal: SQLText { get }
  var real: SQLText { get }
  /// Names that columns of ours cannot have.
  var reservedColumns: Set<String> { get }
  /// An exact decimal as something that compares and adds up as a number.
  func number(_ term: SQLText) -> SQLText
  /// What texts that are equal have in common, whatever their case and accents (`Collation`).
  func folded(_ term: SQLText) -> SQLText
  /// A term that is sorted by, and not walked along an index of it.
  func sorted(_ term: SQLText) -> SQLText
  /// How many bytes a text has in UTF-8.
  func bytes(_ term: SQLText) -> SQLText
}

extension SQLDialect {
  /// What the database calls a column; logical names have no `~`.
  package func storedColumn(_ name: String) -> String {
    reservedColumns.contains(name) ? "\(name)~" : name
  }
}
