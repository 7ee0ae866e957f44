/// Where the databases differ: questions about how something is said, never about which one it is.
package protocol SQLDialect: Sendable {
  /// Type of a column that holds texts, which compare and are ordered by their characters.
  var text: SQLText { get }
  /// Type of a column that holds bytes.
  var blob: SQLText { get }
  /// Type of a column that holds exact decimals, as numbers or in their canonical spelling.
  var decimal: SQLText { get }
  var real: SQLText { get }
  /// Names that columns of ours cannot have.
  var reservedColumns: Set<String> { get }
  /// How many bytes of a name count; nil where all do.
  var nameBytesMax: Int? { get }
  /// How many columns a table can have.
  var columnsMax: Int { get }
  /// An exact decimal as something that compares and adds up as a number.
  func number(_ term: SQLText) -> SQLText
  /// What texts that are equal have in common, whatever their case and accents (`Collation`).
  func folded(_ term: SQLText) -> SQLText
  /// A term that is sorted by, and not walked along an index of it.
  func sorted(_ term: SQLText) -> SQLText
  /// How many bytes a text has in UTF-8.
  func bytes(_ term: SQLText) -> SQLText
  /// Whether two terms are the same, no value being the same as no value.
  func isSame(_ left: SQLText, _ right: SQLText) -> SQLText
  /// Whether a text is like a pattern, in which `\` takes the meaning of what follows; the case of ASCII letters does not
  /// count.
  func like(_ term: SQLText, _ pattern: SQLText) -> SQLText
  /// Whether what a text has in common with those that are equal is like a pattern that is folded.
  func foldedLike(_ term: SQLText, _ pattern: SQLText) -> SQLText
  /// The sum of whole numbers, which is one.
  func wholeSum(_ term: SQLText) -> SQLText
  /// The average of numbers, which is none of them.
  func average(_ term: SQLText) -> SQLText
  /// Rows that a text holds: a list of lists in JSON.
  ///
  /// - Parameter columns: what the values of each list are called, and what type they have in this database.
  func rows(of json: SQLText, _ columns: [(name: String, type: SQLText)]) -> SQLText
}

extension SQLDialect {
  /// What the database calls a column; logical names have no `~`.
  package func storedColumn(_ name: String) -> String {
    storedName(reservedColumns.contains(name) ? "\(name)~" : name)
  }

  /// What the database calls something whose name may be longer than it takes: the beginning, and a hash of the whole.
  ///
  /// There is room behind it for what stands beside a column (`:folded`) and for a number (`~1234567890`).
  package func storedName(_ name: String) -> String {
    guard let nameBytesMax else { return name }
    let hash = String(FNV.hash(name) >> 16, radix: 16)
    let room = nameBytesMax - ":folded".utf8.count - "~1234567890".utf8.count
    guard name.utf8.count > room else { return name }
    var beginning = name[...]
    while beginning.utf8.count > room - 13 { beginning.removeLast() }
    return "\(beginning)~\(String(repeating: "0", count: 12 - hash.utf8.count))\(hash)"
  }
}

/// Tells names apart; keeps nobody out.
private enum FNV {
  static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

/// Text of a pattern that stands for itself alone.
extension String {
  package var escapedInPattern: String {
    var escaped = ""
    for character in unicodeScalars {
      if ["%", "_", "\\"].contains(character) { escaped.unicodeScalars.append("\\") }
      escaped.unicodeScalars.append(character)
    }
    return escaped
  }
}
