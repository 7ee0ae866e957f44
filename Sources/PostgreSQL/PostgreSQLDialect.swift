internal import SQL

struct PostgreSQLDialect: SQLDialect {
  /// By bytes of UTF-8, as the other databases order texts, whatever the database was made with.
  let text: SQLText = "TEXT COLLATE \"C\""
  let blob: SQLText = "BYTEA"
  let decimal: SQLText = "NUMERIC"
  let real: SQLText = "DOUBLE PRECISION"
  /// Columns that every table has.
  let reservedColumns: Set<String> = [
    "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid",
  ]
  let nameBytesMax: Int? = 63
  let columnsMax = 1600

  /// As the other databases compare decimals: those that differ behind the 15th digit alone are the same number.
  func number(_ term: SQLText) -> SQLText { "CAST(\(term) AS DOUBLE PRECISION)" }

  func folded(_ term: SQLText) -> SQLText { "strata_folded(\(term))" }

  /// The planner knows better when a walk is worth it.
  func sorted(_ term: SQLText) -> SQLText { term }

  func bytes(_ term: SQLText) -> SQLText { "OCTET_LENGTH(\(term))" }

  func isSame(_ left: SQLText, _ right: SQLText) -> SQLText {
    "\(left) IS NOT DISTINCT FROM \(right)"
  }

  func like(_ term: SQLText, _ pattern: SQLText) -> SQLText {
    // Numbers are looked at as texts, as in a file.
    "CAST(\(term) AS TEXT) ILIKE \(pattern) ESCAPE '\\'"
  }

  func foldedLike(_ term: SQLText, _ pattern: SQLText) -> SQLText {
    like(folded(term), pattern)
  }

  /// The sum of many is a decimal to the database.
  func wholeSum(_ term: SQLText) -> SQLText { "CAST(SUM(\(term)) AS BIGINT)" }

  func average(_ term: SQLText) -> SQLText {
    "CAST(SUM(\(term)) AS DOUBLE PRECISION) / COUNT(\(term))"
  }

  func rows(of json: SQLText, _ columns: [(name: String, type: SQLText)]) -> SQLText {
    let terms = columns.enumerated().map { place, column -> SQLText in
      "(value ->> CAST(\(place) AS INTEGER))::\(column.type) AS \(name: column.name)"
    }
    return
      "(SELECT \(terms.joined(separator: ", ")) FROM json_array_elements(CAST(\(json) AS json)) AS told(value))"
  }
}
