internal import SQL

struct SQLiteDialect: SQLDialect {
  let blob: SQLText = "BLOB"
  /// There are no exact decimals, so their canonical spelling is kept.
  let decimal: SQLText = "TEXT"
  let real: SQLText = "REAL"
  /// All are names for the number of a row.
  let reservedColumns: Set<String> = ["rowid", "oid", "_rowid_"]

  func number(_ term: SQLText) -> SQLText { "CAST(\(term) AS REAL)" }

  func folded(_ term: SQLText) -> SQLText { "strata_folded(\(term))" }

  func sorted(_ term: SQLText) -> SQLText { "+\(term)" }

  func bytes(_ term: SQLText) -> SQLText { "LENGTH(CAST(\(term) AS BLOB))" }
}
