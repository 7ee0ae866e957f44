import SQL
import Solutions
import Testing

@testable import SolutionStore

/// How a file's header becomes a statement, without a database.
@Suite("Statements of imports")
struct ImportStatementTests {
  private let table = Table(
    name: "new_t",
    displayName: nil,
    columns: [
      Column("new_tid", .primaryKey), Column("new_name", .text(lengthMax: 10)),
      Column("new_u", .lookup(["new_u"])), Column("statecode", .choice([0, 1])),
      Column("versionnumber", .bigInteger), Column("modifiedon", .text(lengthMax: nil)),
      Column("new_need", .integer(min: nil, max: nil), isSystemRequired: true),
    ],
    keys: [Table.AlternateKey(name: "new_k", columns: ["new_name"])]
  )

  private func statement(
    _ header: [String],
    _ mode: RowWriting.Mode,
    inactive: [String: String] = [:]
  ) throws -> ImportStatement {
    let stored = StoredTable(
      table: table,
      name: "data_new_t",
      columns: ["new_name": "new_name~7"],
      inactiveKeys: inactive
    )
    let plan = try FieldPlan(header, of: table) { _ in nil }
    let moment = Timestamp(milliseconds: 0)
    return try ImportStatement(plan, stored, mode, by: "someone", in: 5, at: moment)
  }

  private func text(_ statement: ImportStatement) throws -> String {
    try statement.text.rendered { number, _ in "$\(number)" }.text
  }

  @Test("What a file states comes first, what the environment says of each row after it")
  func arguments() throws {
    let statement = try statement(["new_need", "new_name", "createdon"], .insert)
    #expect(statement.slots == [0, 1, 2])
    #expect(statement.idSlot == 3)
    #expect(statement.required.map(\.name) == ["new_need"])
    #expect(statement.arguments.prefix(4).allSatisfy { $0 == .null })
    #expect(statement.arguments.contains(5))
    let text = try text(statement)
    #expect(
      text.hasPrefix("INSERT INTO \"data_new_t\" (\"new_need\", \"new_name~7\", \"createdon\", ")
    )
    // A moment that is left empty is that of the operation: the first value after all arguments.
    let last = statement.arguments.count + 1
    #expect(text.contains("($1, $2, COALESCE($3, $\(last)), $4, "))
    #expect(!text.contains("CONFLICT"))
  }

  @Test("A row that is there is found by its id or a key, and keeps what the file leaves empty")
  func upsert() throws {
    let byID = try text(statement(["new_tid", "new_name"], .upsert(key: nil)))
    #expect(byID.contains("ON CONFLICT (\"new_tid\")\nDO UPDATE SET "))
    #expect(byID.contains("\"new_name~7\" = excluded.\"new_name~7\""))
    #expect(!byID.contains("\"new_tid\" = "))
    let byKey = try text(statement(["new_name", "statecode"], .upsert(key: "NEW_K")))
    #expect(byKey.contains("ON CONFLICT (\"new_name~7\")\nDO UPDATE SET "))
    let own = "\"data_new_t\".\"statecode\" ELSE excluded.\"statecode\" END"
    #expect(byKey.contains(#/"statecode" = CASE WHEN \$[0-9]+ = 0 THEN /#))
    #expect(byKey.contains(own))
    #expect(byKey.contains("\"statuscode\" = CASE WHEN "))
    // When a row was made stays.
    #expect(byKey.contains("\"createdon\""))
    #expect(!byKey.contains("\"createdon\" = "))
    #expect(byKey.contains("\"modifiedon\" = excluded.\"modifiedon\""))
  }

  @Test("A header that cannot do what is asked is refused")
  func refused() throws {
    #expect(throws: QueryError.self) { try statement(["new_name"], .insert) }
    #expect(throws: QueryError.self) { try statement(["new_name"], .upsert(key: nil)) }
    #expect(throws: QueryError.self) { try statement(["new_need"], .upsert(key: "new_k")) }
    #expect(throws: QueryError.self) { try statement(["new_name"], .upsert(key: "other")) }
    #expect(throws: QueryError.self) {
      try statement(["new_name"], .upsert(key: "new_k"), inactive: ["new_k": "it names no column"])
    }
  }
}
