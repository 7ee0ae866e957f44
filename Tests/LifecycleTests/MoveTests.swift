import EnvironmentSupport
import Lifecycle
import Solutions
import TestSupport
import Testing

/// Moves that change values on the way, and take them from other rows.
@Suite("Moves between types and tables", .everyBackend)
struct MoveTests {
  private static let package = """
    X 1.0 by A
    table t
    primary t.name
    column t.text nvarchar 100
    column t.short nvarchar 4
    column t.x float
    column t.n int
    column t.whole bigint
    column t.up lookup
    column t.who lookup
    relationship r t.up -> u
    relationship w t.who -> u
    table u
    primary u.name
    column u.old nvarchar 100
    column u.boss lookup
    relationship b u.boss -> systemuser
    """

  private func filled(_ rows: String) async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    try await environment.import(Self.package)
    let (one, two) = (PackageText.guid("one"), PackageText.guid("two"))
    try await environment.write("uid|name|old\n\(one)|One|from one\n\(two)|Two|", into: "u")
    try await environment.write(
      rows.replacing("ONE", with: one).replacing("TWO", with: two),
      into: "t"
    )
    return environment
  }

  private func migrate(
    _ environment: TestEnvironment,
    _ mappings: RowMapping...
  ) async throws -> RowsOutcome {
    let request = RowRequest.migrating("t", mappings, replaces: true)
    return try await environment.lifecycle.perform(request, by: .tester, isAgreed: true).outcome
  }

  @Test("RW-10 no row is left without a status")
  func status() async throws {
    let environment = try await filled("name\na")
    await #expect(throws: RowsRefused.self) {
      _ = try await migrate(
        environment,
        RowMapping(target: "statuscode", source: "statuscode", values: ["1": nil])
      )
    }
  }

  @Test(
    "RW-54 numbers are rounded and texts cut when it is asked for, with counts, and refused otherwise"
  )
  func altering() async throws {
    let environment = try await filled(
      "name|text|x\na|long enough|1.5\nb|no|2\nc||-2.5\nd|née 👩‍👩‍👧|0.4"
    )
    await #expect(throws: RowsRefused.self) {
      _ = try await migrate(environment, RowMapping(target: "n", source: "x"))
    }
    await #expect(throws: RowsRefused.self) {
      _ = try await migrate(environment, RowMapping(target: "short", source: "text"))
    }
    let outcome = try await migrate(
      environment,
      RowMapping(target: "n", source: "x", rounds: true),
      RowMapping(target: "short", source: "text", cuts: true)
    )
    #expect(
      outcome
        == .moved([
          ValuesMoved(target: "n", source: "x", overwritten: 0, filled: 4, altered: 3),
          ValuesMoved(target: "short", source: "text", overwritten: 0, filled: 3, altered: 2),
        ])
    )
    // What is one character stays one, or goes.
    #expect(
      try await environment.text("t", "name", "n", "short")
        == "a|2|long\nb|2|no\nc|-3|\nd|0|née "
    )
    #expect(try await environment.broken() == [])
  }

  @Test(
    "RW-54 a decimal is rounded half away from zero",
    arguments: [
      ("0.5", 0, "1"), ("0.4", 0, "0"), ("-0.5", 0, "-1"), ("9.995", 2, "10"), ("99.5", 0, "100"),
      ("1.2345", 3, "1.235"), ("1.5", 2, "1.5"), ("-0.004", 2, "0"), ("1e-5", 4, "0"),
    ]
  )
  func rounding(text: String, places: Int, rounded: String) throws {
    #expect(try #require(DecimalText(text)).rounded(to: places).description == rounded)
  }

  @Test("RW-54 values come from the row that a lookup leads to")
  func behindLookup() async throws {
    let environment = try await filled("name|up\na|ONE\nb|TWO\nc|")
    let outcome = try await migrate(environment, RowMapping(target: "text", source: "up.old"))
    #expect(
      outcome == .moved([ValuesMoved(target: "text", source: "up.old", overwritten: 0, filled: 1)])
    )
    #expect(try await environment.text("t", "name", "text") == "a|from one\nb|\nc|")
    for (source, why) in [
      ("up.nosuch", "up leads to no table with a column nosuch"), ("text.x", "text is no lookup"),
      ("nosuch.x", "the table t has no column nosuch"),
    ] {
      let error = await #expect(throws: QueryError.self) {
        _ = try await migrate(environment, RowMapping(target: "text", source: source))
      }
      #expect(error?.prose.text == why)
    }
    // What was filled is emptied again.
    let number = try await environment.lifecycle.ask(EnvironmentQuestion()).revision
    try await environment.lifecycle.perform(.rollback(number), consent: .all)
    #expect(try await environment.text("t", "name", "text") == "a|\nb|\nc|")
    #expect(try await environment.broken() == [])
  }

  @Test("RW-54 a text becomes the one row that is called so")
  func byName() async throws {
    let environment = try await filled("name|text\na|two\nb|One\nc|")
    _ = try await migrate(environment, RowMapping(target: "who", source: "text"))
    let (one, two) = (PackageText.guid("one"), PackageText.guid("two"))
    #expect(try await environment.text("t", "name", "who") == "a|\(two)\nb|\(one)\nc|")
    #expect(try await environment.broken() == [])
    try await environment.write("name\nONE", into: "u")
    let several = await #expect(throws: RowsRefused.self) {
      _ = try await migrate(environment, RowMapping(target: "up", source: "text"))
    }
    #expect(several.map { "\($0)" }?.contains("more than one row of u is called so") == true)
    let none = await #expect(throws: RowsRefused.self) {
      _ = try await migrate(environment, RowMapping(target: "up", source: "name"))
    }
    #expect(none.map { "\($0)" }?.contains("no row of u is called so") == true)
    _ = try await migrate(
      environment,
      RowMapping(target: "up", source: "text", values: ["One": "Two"])
    )
    #expect(try await environment.text("t", "name", "up") == "a|\(two)\nb|\(two)\nc|")
  }
}
