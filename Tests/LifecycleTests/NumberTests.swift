import EnvironmentSupport
import FoundationEssentials
import Hashing
import Lifecycle
import SQL
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Numbers that come from outside end nothing.
@Suite("Numbers")
struct NumberTests {
  @Test("A count has a place for every number, and none for what is out of its range")
  func counts() {
    for number in [Int.min, -1, Count.most + 1, .max] { #expect(Count(number) == nil) }
    for number in [0, 1, Count.most] { #expect(Count(number)?.number == number) }
    let most = Count(counted: .max)
    #expect("\(most)" == "more than 9,007,199,254,740,992")
    #expect("\(most + most)" == "\(most)")
    #expect("\(Count(counted: Count.most))" == "9007199254740992")
    #expect("\(Count(counted: Count.most) + 1)" == "\(most)")
    #expect(Count(counted: .min) == 0)
    #expect(Count(counted: 1) - 5 == 0)
    #expect(most - 5 == most)
    #expect(Count(counted: Count.most) < most)
  }

  /// Something in every column of numbers that the environment's own tables have.
  private func environment() async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    let x =
      "X 1.0 by A\ntable t\ncolumn t.a nvarchar 30 Label\ncolumn t.b\nview v t a\nrole r\nkey t.k a\nresource new_/a.js x"
    try await environment.import(x + "\nfile Workflows/a.json {}")
    let edit = Customization.set(
      .attribute("t", "a"),
      [PropertyEdit("displayname@description", "Mine")]
    )
    try await environment.lifecycle.perform(.customizing(edit, in: nil))
    try await environment.lifecycle.perform(.blocking(true))
    try await environment.import("X 1.1 by A\ntable t\ncolumn t.a nvarchar 40 Label\nview v t a")
    try await environment.lifecycle.perform(.rollback(4), consent: .all)
    await #expect(throws: LifecycleError.self) {
      try await environment.import("X 0.9 by A\ntable t")
    }
    try await environment.write("a|b\nx|y", into: "t")
    let mapping = RowMapping(target: "b", source: "a")
    _ = try await environment.lifecycle.migrateRows("t", [mapping], replaces: true)
    try environment.damage("INSERT INTO failed_key VALUES (1, 'no')")
    try environment.damage("INSERT INTO setting VALUES (1, 'on', 'on', 1, NULL)")
    try environment.damage("INSERT INTO alias VALUES (1, 2)")
    try environment.damage("INSERT INTO root_behavior VALUES ('x', 1, 1, 1, NULL)")
    try environment.damage("INSERT INTO number_sequence VALUES (1, 2)")
    try environment.damage(
      "INSERT INTO operation_finding VALUES (1, 0, 'info', 'x', 'LC-101', 'X', 'x', NULL)"
    )
    let told = FactsText.bytes(Facts(of: try installed(["X 1.0 by A\ntable t"])))
    let digest = SHA256Digest(of: told).bytes
    try environment.damage("INSERT INTO told VALUES (\(literal(digest)), \(literal(told)), 1, 2)")
    return environment
  }

  private func literal(_ bytes: [UInt8]) -> String {
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return "X'\(digits.joined())'"
  }

  /// Copies of an environment, each with another number in one place.
  private static let script = """
    import itertools, os, shutil, sqlite3, sys
    source, folder = sys.argv[1:3]
    c = sqlite3.connect(source)
    c.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    tables = [r[0] for r in c.execute(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'data~_%' ESCAPE '~' "
      "AND name NOT LIKE 'moved~_%' ESCAPE '~' AND name NOT LIKE 'sqlite%' ORDER BY name")]
    for table in tables:
      for column in [r[1] for r in c.execute(f"PRAGMA table_info({table})") if r[2] == "BIGINT"]:
        for value in (-1, -2**63, 2**63 - 1, 2**53 + 1):
          path = f"{folder}/{table}.{column}.{value}"
          d = sqlite3.connect(path)
          c.backup(d)
          n = d.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = (SELECT MIN(rowid) FROM {table})",
            (value,)).rowcount
          d.commit()
          d.close()
          print(path if n == 1 else f"EMPTY {table}")
    """

  @Test(
    "A number that is none, in any place of an environment, is told as its damage; nothing ends by a signal"
  )
  func damaged() async throws {
    let environment = try await environment()
    let folder = TestEnvironment.newPath()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = try #require(Program.run("python3", ["-c", Self.script, environment.path, folder]))
    #expect(made.status == 0, "\(made.errors)")
    let paths = made.output.split(separator: "\n").map(String.init)
    #expect(paths.filter { $0.hasPrefix("EMPTY") } == [])
    #expect(paths.count > 200)
    for path in paths {
      let place = path.split(separator: "/").last.map(String.init) ?? path
      let verified = await outcome {
        try await TestFile(path).open().ask(VerifyQuestion(.whole)).broken
      }
      if case .done(let broken) = verified {
        #expect(!broken.isEmpty, "\(place) is no damage")
        // The clock may go back between two pieces of one operation.
        let field = place.split(separator: ".")
        let isSigned = place == "operation_change.milliseconds.-1"
        let named = broken.contains {
          $0.contains("\(field[1]) holds \(field[2]),") && $0.contains("the \(field[0]) ")
        }
        #expect(named || isSigned, "\(place): \(broken)")
      }
      for ask in Self.questions {
        if case .failed(let error) = await outcome({ try await ask(TestFile(path).open()) }) {
          #expect(!"\(error)".contains("SQLite: "), "\(place): \(error)")
        }
      }
    }
  }

  private enum Outcome<Value> {
    case done(Value)
    case failed(any Error)
  }

  private func outcome<Value>(_ body: () async throws -> Value) async -> Outcome<Value> {
    do { return .done(try await body()) } catch { return .failed(error) }
  }

  private static let questions: [@Sendable (Lifecycle) async throws -> Void] = [
    { _ = try await $0.ask(HistoryQuestion(of: nil, limit: 50, withAttempts: true)) },
    { _ = try await $0.ask(HistoryQuestion(of: 4, limit: 50, withAttempts: false)) },
    { _ = try await $0.standing() },
    { _ = try await $0.ask(SinceQuestion(2)) },
    { _ = try await $0.ask(InstalledQuestion(asOf: 1)) },
    { _ = try await $0.ask(InstalledQuestion()) },
    { _ = try await $0.ask(StateQuestion()) },
    { _ = try await $0.ask(TrashQuestion(counting: true)) },
    { _ = try await $0.ask(CustomizedQuestion()) },
    { _ = try await $0.ask(CountsQuestion(of: nil) { _ in }) },
    { lifecycle in
      let id = ComponentID.attribute("t", "a")
      _ = try await lifecycle.ask(ComponentHistoryQuestion(of: id, asOf: nil))
    },
    { _ = try await $0.plan(.rollback(2)) },
    { lifecycle in
      let archive = try TestEnvironment.archive("X 2.0 by A\ntable t\ncolumn t.a nvarchar 40 Label")
      _ = try await lifecycle.plan(.importing([archive], PlanOptions()))
    },
    // Last, since it may change something.
    { lifecycle in
      let archive = try TestEnvironment.archive("Y 1.0 by B\nshell t\ncolumn t.y")
      try await lifecycle.perform(.importing([archive], PlanOptions()), consent: .all)
    },
    { _ = try await $0.ask(VerifyQuestion(.whole)) },
  ]
}
