import EnvironmentSupport
import FoundationEssentials
import Lifecycle
import SQL
import SQLite
import SolutionPackages
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Files as other releases, other programs and cut-off commands leave them.
@Suite("Files of environments")
struct EnvironmentFileTests {
  /// `Tests/Fixtures/Environments/schema-1.sql`: two solutions, one with a pending upgrade, an upgrade undone, and an
  /// attempt that was cut off, by a release that knew no tables of rows.
  private func older(schema: Int = 1) async throws -> TestFile {
    let file = TestFile()
    let database = try SQLiteDatabase(path: file.path, mode: .create)
    let text = try Repository.text("Tests/Fixtures/Environments/schema-\(schema).sql")
    try await database.write { session in
      for statement in text.split(separator: ";\n") {
        try session.execute(SQLText(stringLiteral: String(statement)))
      }
    }
    return file
  }

  @Test("An environment of an older release opens after its migrations, with all it has")
  func migrates() async throws {
    let file = try await older()
    let lifecycle = try await file.open()
    let state = try await lifecycle.beneath.read { try $0.whole() }
    #expect(state.listed == "X 1.0, X_Upgrade 1.1, Y 1.0")
    #expect(try await lifecycle.beneath.read { try $0.verify() } == [])
    #expect(try await lifecycle.beneath.read { try $0.history() }.map(\.number) == [5, 4, 3, 2, 1])
    let attempts = try await lifecycle.beneath.read { try $0.attempts(limit: 10) }
    #expect(attempts.map(\.outcome) == [.running, .done, .done, .refused, .done, .done, .done])
    #expect(try await lifecycle.standing().lastAttempt?.outcome == .interrupted)
    // What the older release kept nothing of is said, and proves nothing.
    #expect(try await lifecycle.beneath.read { try $0.verified() }.unknown == [1, 2, 3, 4, 5])
    // It goes on, and back to what the older release did.
    let x = try #require(SolutionName("X"))
    try await lifecycle.perform(.applyUpgrade(x), consent: .all)
    #expect(try await lifecycle.beneath.read { try $0.whole() }.listed == "X 1.1, Y 1.0")
    try await lifecycle.perform(.rollback(6), consent: .all)
    #expect(try await lifecycle.beneath.read { try $0.whole() }.fingerprint == state.fingerprint)
    let proof = try await lifecycle.beneath.read { try $0.verified() }
    #expect(proof.proven == [5, 6, 7])
    #expect(proof.unknown == [1, 2, 3, 4])
    let done = try await lifecycle.perform(.rollback(3), consent: .all)
    #expect(done.warnings.count == 1)
    #expect(done.warnings.first?.hasPrefix("the state that operation 2 left is not known") == true)
    #expect(try await lifecycle.beneath.read { try $0.whole() }.listed == "X 1.0, Y 1.0")
    #expect(try await lifecycle.beneath.read { try $0.verify() } == [])
  }

  /// `Tests/Fixtures/Environments/schema-12.sql`: an unmanaged solution with `fab_a` whole and `fab_b` with chosen parts, and
  /// a column that was added to that, by a release that did not keep how much of a table a solution lists.
  @Test("LC-110 what packages said of roots before it was kept still counts, and states are proven")
  func migratesBehaviors() async throws {
    let file = try await older(schema: 12)
    let lifecycle = try await file.open()
    let own = try #require(SolutionName("Own"))
    let before = try await lifecycle.beneath.read { try $0.whole() }
    #expect(before.solutions[own]?.behaviors == [:])
    #expect(before.solutions[own]?.members.count == 5)
    let proof = try await lifecycle.beneath.read { try $0.verified(rows: { _ in }) }
    #expect(proof.broken == [])
    #expect(proof.proven == [1, 2])
    let exported = try #require(try await lifecycle.ask(ExportQuestion(of: own))?.archive)
    let package = try PackageReader().read(exported.bytes, file: "own.zip")
    #expect(package.manifest.behaviors == Self.behaviors)
    // Taken in again it is kept.
    let archive = Request.Archive(package: package, bytes: exported.bytes)
    try await lifecycle.perform(.importing([archive], PlanOptions()))
    let kept = try await lifecycle.beneath.read { try $0.whole() }
    #expect(kept.solutions[own]?.behaviors == Self.behaviors)
    #expect(kept.fingerprint != before.fingerprint)
    #expect(try await lifecycle.beneath.read { try $0.verify() } == [])
    try await lifecycle.perform(.rollback(3))
    let back = try await lifecycle.beneath.read { try $0.whole() }
    #expect(back.fingerprint == before.fingerprint)
    #expect(try await lifecycle.beneath.read { try $0.verify() } == [])
    try await lifecycle.perform(.rollback(4))
    let again = try await lifecycle.beneath.read { try $0.whole() }
    #expect(again.fingerprint == kept.fingerprint)
  }

  private static let behaviors: [ComponentID: RootComponent.Behavior] = [
    .entity("fab_a"): .includeSubcomponents, .entity("fab_b"): .doNotIncludeSubcomponents,
  ]

  @Test("Several that open an older environment at once all find it migrated")
  func migratesOnce() async throws {
    let file = try await older()
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let lifecycle = try await file.open()
          return try await lifecycle.beneath.read { try $0.whole() }.listed
        }
      }
      for try await listed in group { #expect(listed == "X 1.0, X_Upgrade 1.1, Y 1.0") }
    }
  }

  @Test(
    "A migration that fails, here at every seventh statement, leaves the older environment as it was"
  )
  func failingMigration() async throws {
    let file = try await older()
    var failures = 0
    while true {
      let database = FaultyDatabase(try SQLiteDatabase(path: file.path, mode: .open))
      database.fail(after: failures, .lasting)
      do {
        _ = try await SolutionStore.open(database)
        break
      } catch let error as SQLError {
        #expect(error.reason == .full)
      }
      failures += 7
      let version = try await database.read {
        try $0.row("SELECT version FROM strata_schema") { try $0.integer(0) }
      }
      #expect(version == 1, "statement \(failures)")
    }
    #expect(failures > 20)
    let lifecycle = try await file.open()
    #expect(try await lifecycle.beneath.read { try $0.verify() } == [])
  }

  @Test("What a newer release has migrated since it was opened is not written")
  func migratedMeanwhile() async throws {
    let environment = try await TestEnvironment()
    try await environment.lifecycle.beneath.database.write {
      try $0.execute("UPDATE strata_schema SET version = 99")
    }
    await #expect(throws: StoreError.self) { try await environment.import("X 1.0 by A\ntable t") }
    #expect(try await environment.whole().solutions.isEmpty)
  }

  @Test("A creation that was cut off is taken up again; a file with something in it is left alone")
  func creation() async throws {
    let file = TestFile()
    let id = try #require(GUID("0a1b2c3d-0000-4000-8000-000000000002"))
    // What is left of it: a file without a table.
    _ = try SQLiteDatabase(path: file.path, mode: .create)
    let foreign = await #expect(throws: SQLError.self) { try await file.open() }
    #expect(foreign?.reason == .foreign)
    let database = try SQLiteDatabase(path: file.path, mode: .create)
    let moment = Timestamp(milliseconds: 0)
    _ = try await SolutionStore.create(in: database, id: id, at: moment)
    await #expect(throws: SQLError.self) {
      try await SolutionStore.create(in: database, id: id, at: moment)
    }
    #expect(throws: SQLError.self) { try SQLiteDatabase(path: file.path, mode: .create) }
    let text = TestFile()
    try Data("Dear diary".utf8).write(to: URL(filePath: text.path))
    #expect(throws: SQLError.self) { try SQLiteDatabase(path: text.path, mode: .create) }
    #expect(throws: SQLError.self) { try SQLiteDatabase(path: text.path, mode: .open) }
    #expect(try Repository.text(text.path) == "Dear diary")
  }

  @Test("A database with nothing of ours in it is refused and not touched, not even by its log")
  func foreignDatabase() throws {
    let file = TestFile()
    try Data().write(to: URL(filePath: file.path))
    let error = #expect(throws: SQLError.self) { try SQLiteDatabase(path: file.path, mode: .open) }
    #expect(error?.reason == .foreign)
    #expect(try Data(contentsOf: URL(filePath: file.path)).isEmpty)
  }

  @Test("Attempts stand in the order in which they were begun, though the clock goes back")
  func clockGoesBack() async throws {
    let environment = try await TestEnvironment()
    for (id, milliseconds) in [("b", 2000), ("a", 1000)] {
      let record = OperationRecord(
        verb: "import",
        title: id,
        who: "tester",
        started: Timestamp(milliseconds: milliseconds)
      )
      try await environment.lifecycle.beneath.write { try $0.history.begin(id, record, process: 1) }
    }
    let attempts = try await environment.lifecycle.beneath.read { try $0.attempts(limit: 10) }
    #expect(attempts.map(\.id) == ["a", "b"])
    #expect(attempts.map(\.outcome) == [.running, .interrupted])
  }

  @Test("Old attempts go; operations stay")
  func attemptsMax() async throws {
    let environment = try await TestEnvironment()
    let record = OperationRecord(
      verb: "import",
      title: "X",
      who: "tester",
      started: Timestamp(milliseconds: 0)
    )
    try await environment.import("X 1.0 by A\ntable t")
    try await environment.lifecycle.beneath.write { transaction in
      for number in 0..<HistoryWriter.attemptsMax + 5 {
        try transaction.history.begin("\(number)", record, process: 1)
      }
    }
    let attempts = try await environment.lifecycle.beneath.read { try $0.attempts(limit: .max) }
    #expect(attempts.count == HistoryWriter.attemptsMax)
    #expect(attempts.last?.id == "5")
    #expect(try await environment.lifecycle.beneath.read { try $0.history() }.count == 1)
  }

  @Test("Who looks whether somebody has the claim takes it from nobody")
  func looking() async throws {
    let environment = try await TestEnvironment()
    let database = environment.lifecycle.beneath.database
    #expect(try database.isClaimed() == false)
    // The same file by another name has the same claim.
    let link = TestFile()
    try FileManager.default.createSymbolicLink(
      atPath: link.path,
      withDestinationPath: environment.path
    )
    let other = try SQLiteDatabase(path: link.path, mode: .open)
    do {
      let claim = try #require(try await database.claim(waiting: .zero))
      #expect(try database.isClaimed() == true)
      #expect(try other.isClaimed() == true)
      #expect(try await other.claim(waiting: .zero) == nil)
      withExtendedLifetime(claim) {}
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for _ in 0..<500 { _ = try other.isClaimed() }
      }
      for _ in 0..<200 { #expect(try await database.claim(waiting: .zero) != nil) }
      try await group.waitForAll()
    }
  }
}
