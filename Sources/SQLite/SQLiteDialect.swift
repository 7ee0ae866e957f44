internal import SQL

struct SQLiteDialect: SQLDialect {
  let text: SQLText = "TEXT"
  let blob: SQLText = "BLOB"
  /// There are no exact decimals, so their canonical spelling is kept.
  let decimal: SQLText = "TEXT"
  let real: SQLText = "REAL"
  /// All are names for the number of a row.
  let reservedColumns: Set<String> = ["rowid", "oid", "_rowid_"]

  let nameBytesMax: Int? = nil
  let columnsMax = 2000

  func number(_ term: SQLText) -> SQLText { "CAST(\(term) AS REAL)" }

  func folded(_ term: SQLText) -> SQLText { "strata_folded(\(term))" }

  func sorted(_ term: SQLText) -> SQLText { "+\(term)" }

  func bytes(_ term: SQLText) -> SQLText { "LENGTH(CAST(\(term) AS BLOB))" }

  func isSame(_ left: SQLText, _ right: SQLText) -> SQLText { "\(left) IS \(right)" }

  func like(_ term: SQLText, _ pattern: SQLText) -> SQLText {
    "\(term) LIKE \(pattern) ESCAPE '\\'"
  }

  func foldedLike(_ term: SQLText, _ pattern: SQLText) -> SQLText {
    "strata_like(\(term), \(pattern))"
  }

  func wholeSum(_ term: SQLText) -> SQLText { "SUM(\(term))" }

  func average(_ term: SQLText) -> SQLText { "AVG(\(term))" }

  func rows(of json: SQLText, _ columns: [(name: String, type: SQLText)]) -> SQLText {
    let terms = columns.enumerated().map { place, column -> SQLText in
      "json_extract(value, \("$[\(place)]")) AS \(name: column.name)"
    }
    return "(SELECT \(terms.joined(separator: ", ")) FROM json_each(\(json)))"
  }
}
