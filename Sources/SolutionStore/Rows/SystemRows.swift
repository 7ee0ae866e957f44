internal import SQL
package import Solutions

extension StoreReader {
  /// The user that the environment began with: owns what nobody owns.
  func systemUser() throws -> String? { try systemRow(of: "systemuser") }

  /// The row of a table that the environment began with, by its id; nil where it is gone.
  package func systemRow(of table: String) throws -> String? {
    // An environment that an earlier release made has that release's.
    let ids = [SystemRows.formerID(in: table, of: try environment()), SystemRows.id(in: table)]
      .map(\.description)
    let there = try sql.rows(
      """
      SELECT \(name: "\(table)id") FROM \(name: plainName(ofTable: table))
      WHERE \(name: "\(table)id") IN \(list: ids.map { .text($0) })
      """
    ) { try $0.text(0) }
    return ids.first { there.contains($0) }
  }
}

/// The rows that every environment begins with, so that lookups to them have something to find.
package enum SystemRows {
  /// Tables with one of them.
  static let tables = ["businessunit", "organization", "systemuser", "team", "transactioncurrency"]

  /// The same in every environment, so that a file with rows that lead to it goes from one into another.
  package static func id(in table: String) -> GUID { GUID(from: "row", "strata", table) }

  /// What it has in an environment that an earlier release made.
  static func formerID(in table: String, of environment: Environment) -> GUID {
    GUID(from: "row", environment.id, table)
  }
}

extension RowStore {
  func seedRows() throws {
    let environment = try reader.environment()
    func id(_ table: String) -> SQLValue { .text(SystemRows.id(in: table).description) }
    let (unit, user, currency) = (id("businessunit"), id("systemuser"), id("transactioncurrency"))
    let created = SQLValue.text(environment.created.rowText)
    func insert(_ table: String, _ columns: [String], _ values: [SQLValue]) throws {
      let all = ["\(table)id"] + columns + ["createdon", "modifiedon", "statecode", "statuscode"]
      try sql.execute(
        """
        INSERT INTO \(name: reader.plainName(ofTable: table)) (\(names: all))
        VALUES \(list: [id(table)] + values + [created, created, 0, 1])
        """
      )
    }
    try insert("businessunit", ["name", "isdisabled"], ["Root", 0])
    try insert("systemuser", ["fullname", "businessunitid", "isdisabled"], ["SYSTEM", unit, 0])
    try insert(
      "team",
      ["name", "isdefault", "businessunitid", "administratorid"],
      ["Root", 1, unit, user]
    )
    try insert(
      "transactioncurrency",
      ["currencyname", "isocurrencycode", "exchangerate"],
      ["Base currency", "XXX", "1"]
    )
    try insert("organization", ["name", "basecurrencyid"], ["Strata", currency])
  }
}
