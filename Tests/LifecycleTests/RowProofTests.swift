import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Rows that another program, a fault of ours or an upgrade has left, as `verify --rows` sees them.
@Suite("Rows against definitions")
struct RowProofTests {
  private static let tables = """
    table t
    column t.name nvarchar 10
    column t.n int
    column t.exact decimal
    column t.when datetime
    column t.parent lookup
    column t.code nvarchar 20
    relationship r t.parent -> t
    key t.k code
    """

  private func environment() async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\n\(Self.tables)")
    let id = PackageText.guid("row")
    try await environment.write(
      "tid|name|n|exact|when|parent|code\n\(id)|one|1|1.5|2026-01-31T00:00:00Z|\(id)|Café",
      into: "t"
    )
    return environment
  }

  private func verified(_ environment: TestEnvironment, rows: Bool = true) async throws
    -> Verification
  {
    let report: @Sendable (CountingProgress) -> Void = { _ in }
    return try await environment.lifecycle.ask(VerifyQuestion(.whole, rows: rows ? report : nil))
  }

  @Test("RW-13 what operations wrote is sound, and counted")
  func sound() async throws {
    let found = try await verified(try await environment())
    #expect(found.broken == [])
    #expect(found.notes == [])
    // One of ours, and those that an environment is made with.
    #expect(found.rows == 6)
  }

  @Test(
    "RW-13 what no operation can have written is broken, one line for each kind and column",
    arguments: [
      ("UPDATE data_t SET n = 'abc'", "t.n: 1 value is no whole number: "),
      (
        "UPDATE data_t SET \"when\" = 'yesterday'",
        "t.when: 1 value is not spelled as a date and time is kept: "
      ),
      (
        "UPDATE data_t SET exact = '1.50'",
        "t.exact: 1 value is not spelled as a decimal is kept: "
      ),
      ("UPDATE data_t SET name = 'longer than ten'", "t.name: 1 value is too long: "),
      (
        "UPDATE data_t SET createdby = 'x'",
        "t.createdby: 1 value is not spelled as a lookup is kept: "
      ),
      (
        "UPDATE data_t SET parent = '11111111-1111-1111-1111-111111111111'",
        "t.parent: 1 value does not lead to a row of t: "
      ),
      (
        "UPDATE data_t SET versionnumber = 9999",
        "t.versionnumber: 1 row is of operations that are yet to come: "
      ),
      (
        "UPDATE data_t SET \"code:folded\" = 'tea'",
        "t.code: 1 row has something else beside it than what it compares by"
      ),
    ]
  )
  func broken(statement: String, line: String) async throws {
    let environment = try await environment()
    try environment.damage(statement)
    let found = try await verified(environment)
    #expect(found.broken.contains { $0.hasPrefix(line) }, "\(found.broken)")
    #expect(try await verified(environment, rows: false).broken == [])
    #expect(try await verified(environment, rows: false).rows == nil)
  }

  @Test("RW-13 an owner that the system requires is missing")
  func owner() async throws {
    let environment = try await environment()
    try await environment.write("name\nOne", into: "account")
    try environment.damage("UPDATE data_account SET ownerid = NULL")
    #expect(
      try await verified(environment).broken.first?.hasPrefix(
        "account.ownerid: 1 row has no value, and the system requires one: "
      ) == true
    )
  }

  @Test(
    "RW-13 triggers, and first rows that are gone, are broken without looking at rows",
    arguments: [
      (
        "CREATE TRIGGER nosy AFTER UPDATE ON data_t BEGIN DELETE FROM data_t; END",
        "the trigger nosy is another program's, and may change what is written"
      ),
      (
        "DELETE FROM data_systemuser",
        "the row of systemuser that the environment was made with is gone"
      ),
    ]
  )
  func always(statement: String, line: String) async throws {
    let environment = try await environment()
    try environment.damage(statement)
    #expect(try await verified(environment, rows: false).broken == [line])
  }

  @Test("RW-13 another program's tables, views and indexes are noted")
  func strangers() async throws {
    let environment = try await environment()
    for statement in [
      "CREATE TABLE mine (a)", "CREATE VIEW seen AS SELECT * FROM data_t",
      "CREATE INDEX quick ON data_t (n)",
    ] { try environment.damage(statement) }
    let found = try await verified(environment, rows: false)
    #expect(found.broken == [])
    #expect(
      found.notes == [
        "the table mine is another program's", "the index quick is another program's",
        "the view seen is another program's",
      ]
    )
  }

  @Test("RW-13 LC-500 what an upgrade leaves is noted, and nothing is broken")
  func left() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.name nvarchar 10\ncolumn t.n int")
    try await environment.write("name|n\ntoo long|1\nok|2", into: "t")
    try await environment.import("X 1.1 by A\ntable t\ncolumn t.name nvarchar 5\ncolumn t.n int")
    let found = try await verified(environment)
    #expect(found.broken == [])
    #expect(found.notes.count == 1)
    #expect(found.notes.first?.hasPrefix("t.name: 1 value is too long any more: ") == true)
    try environment.damage("UPDATE data_t SET name = 'far too long for either'")
    #expect(try await verified(environment).broken.first?.hasPrefix("t.name: 2 values are") == true)
  }

  @Test("RW-13 what comes out of the trash may lead nowhere; what never left it may not")
  func returned() async throws {
    let environment = try await environment()
    let without = Self.tables.split(separator: "\n").filter { !$0.contains("parent") }
    try await environment.import("X 1.1 by A\n\(without.joined(separator: "\n"))")
    _ = try await environment.lifecycle.deleteRows(
      from: "t",
      where: { RowQuery($0.name) },
      isAgreed: true
    )
    let (one, two) = (PackageText.guid("row"), PackageText.guid("two"))
    try await environment.write("tid|name\n\(two)|two", into: "t")
    try await environment.lifecycle.perform(.rollback(3), consent: .all)
    try environment.damage("UPDATE data_t SET parent = '\(one)'")
    let found = try await verified(environment)
    #expect(found.broken == [])
    #expect(found.notes.first?.hasPrefix("t.parent: 1 value does not lead to a row of t") == true)
  }

  @Test("RW-13 the trash holds what went there")
  func trash() async throws {
    let environment = try await environment()
    let without = Self.tables.split(separator: "\n").filter { !$0.contains("t.n ") }
    try await environment.import("X 1.1 by A\n\(without.joined(separator: "\n"))")
    #expect(try await verified(environment).broken == [])
    let x = try #require(SolutionName("X"))
    try await environment.lifecycle.perform(.uninstall(x), consent: .all)
    #expect(try await verified(environment).broken == [])
    try environment.damage("DELETE FROM data_t")
    #expect(
      try await verified(environment).broken.contains {
        $0.hasPrefix("the trash has 0 under the number 1, and 1 went there: t")
      }
    )
  }

  @Test("RW-13 keys that are not active are noted with what stands in the way, if anything does")
  func keys() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.a nvarchar 10")
    let (one, two) = (PackageText.guid("one"), PackageText.guid("two"))
    try await environment.write("tid|a\n\(one)|same\n\(two)|SAME", into: "t")
    try await environment.import("X 1.1 by A\ntable t\ncolumn t.a nvarchar 10\nkey t.k a")
    let why = "rows have equal values in a"
    #expect(try await verified(environment).notes == ["t: the key k is not active: \(why)"])
    try await environment.write("tid|a\n\(two)|other", into: "t", mode: .upsert(key: nil))
    let found = try await verified(environment)
    #expect(found.notes.first?.hasSuffix("so it can be activated") == true)
    #expect(found.broken == [])
  }
}
