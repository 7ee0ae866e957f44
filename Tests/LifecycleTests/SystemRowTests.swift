import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Rows that every environment begins with.
@Suite("Rows of the system", .everyBackend)
struct SystemRowTests {
  static let tables = ["businessunit", "organization", "systemuser", "team", "transactioncurrency"]

  private func deletion(
    from table: String,
    in environment: TestEnvironment,
    isAgreed: Bool = true,
    where filter: @escaping @Sendable (Table) -> RowQuery.Filter? = { _ in nil }
  ) async -> String {
    do {
      let done = try await environment.lifecycle.deleteRows(
        from: table,
        where: { table in
          var query = RowQuery(table.name)
          query.filter = filter(table)
          return query
        },
        isAgreed: isAgreed
      )
      return "\(done.deletion.deleted)"
    } catch {
      return "\(error)"
    }
  }

  @Test("strata.rows what an environment is made with cannot be deleted", arguments: tables)
  func kept(table: String) async throws {
    let environment = try await TestEnvironment()
    for isAgreed in [true, false] {
      let answer = await deletion(from: table, in: environment, isAgreed: isAgreed)
      #expect(answer.contains("of \(table) is made with the environment; it cannot be deleted"))
    }
    #expect(try await environment.text(table, "\(table)id").count == 36)
    #expect(try await environment.broken() == [])
  }

  @Test("strata.rows a cascade stops before what an environment is made with", arguments: tables)
  func keptInCascades(table: String) async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      """
      X 1.0 by A
      table t
      column t.name nvarchar 10
      shell \(table)
      column \(table).new_t lookup
      relationship r \(table).new_t -> t Cascade
      """
    )
    let id = PackageText.guid("row")
    try await environment.write("tid|name\n\(id)|one", into: "t")
    let row = try await environment.text(table, "\(table)id")
    try await environment.write(
      "\(table)id|new_t\n\(row)|\(id)",
      into: table,
      mode: .upsert(key: nil)
    )
    let answer = await deletion(from: "t", in: environment)
    #expect(answer.contains("the row \(row) of \(table) is made with the environment"))
    #expect(try await environment.text("t", "name") == "one")
  }

  @Test("strata.rows a lookup that the system requires is never emptied")
  func required() async throws {
    let environment = try await TestEnvironment()
    let (user, account) = (PackageText.guid("user"), PackageText.guid("account"))
    try await environment.write("systemuserid|fullname\n\(user)|Ada", into: "systemuser")
    try await environment.write(
      "accountid|name|ownerid|ownerid:type\n\(account)|one|\(user)|systemuser",
      into: "account"
    )
    let ada: @Sendable (Table) -> RowQuery.Filter? = { _ in
      .compare(RowQuery.ColumnPath("fullname"), .equal, .text("Ada"))
    }
    let answer = await deletion(from: "systemuser", in: environment, where: ada)
    #expect(
      answer.contains(
        "1 row of account leads to them by ownerid, which the system requires to lead somewhere"
      )
    )
    _ = await deletion(from: "account", in: environment)
    let then = await deletion(from: "systemuser", in: environment, where: ada)
    #expect(then == #"["systemuser": 1]"#)
  }

  @Test(
    "strata.rows what one environment exports another imports: its first rows have the same ids"
  )
  func fixedIDs() async throws {
    let (one, other) = (try await TestEnvironment(), try await TestEnvironment())
    for table in Self.tables {
      #expect(
        try await one.text(table, "\(table)id") == SystemRows.id(in: table).description
      )
      #expect(
        try await one.text(table, "\(table)id") == other.text(table, "\(table)id")
      )
    }
  }

  @Test("strata.rows a user that is not there is told once, with the number of rows")
  func strangers() async throws {
    let environment = try await TestEnvironment()
    let (ada, ben) = (PackageText.guid("ada"), PackageText.guid("ben"))
    let lines = ["a|\(ada)", "b|\(ada)", "c|\(ben)"].map { "\($0)|systemuser" }
    let answer = await environment.refusal(
      (["name|ownerid|ownerid:type"] + lines).joined(separator: "\n"),
      into: "account"
    )
    #expect(answer.hasPrefix("3 rows cannot be written, so none was:\n"))
    #expect(
      answer.contains(
        "line 2: ownerid: there is no user \(ada), whom 2 rows of the file name: import that user first"
      )
    )
    #expect(
      answer.contains("line 4: ownerid: there is no user \(ben), whom 1 row of the file names")
    )
  }
}
