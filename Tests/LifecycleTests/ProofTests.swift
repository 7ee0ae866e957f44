import EnvironmentSupport
import FoundationEssentials
import Lifecycle
import SQL
import SQLite
import SolutionStore
import Solutions
import TestSupport
import Testing

/// What `verify` finds, and what no way back may pass over.
@Suite("Proofs")
struct ProofTests {
  /// A damage that one statement does, and what is said of it.
  struct Damage: Sendable, CustomTestStringConvertible {
    let statement: String
    let told: String
    /// Whether going back is impossible, or would lead elsewhere.
    let bars: Bool
    /// Whether it shows in the present alone.
    let isPresent: Bool

    init(_ statement: String, _ told: String, bars: Bool = true, isPresent: Bool = false) {
      self.statement = statement
      self.told = told
      self.bars = bars
      self.isPresent = isPresent
    }

    var testDescription: String { statement }
  }

  static let ofClosed = """
    (SELECT definition FROM statement JOIN layer ON layer.statement = statement.id WHERE layer.closed IS NOT NULL)
    """

  static let damages = [
    Damage(
      "DELETE FROM layer WHERE closed IS NOT NULL",
      "Attribute:t.b, on which operation 2 did “delete”, has no layer of that time"
    ),
    Damage(
      "UPDATE layer SET closed = 3 WHERE closed = 2",
      "1 rows of layer are of operations that are yet to come",
      bars: false,
      isPresent: true
    ),
    Damage(
      "DELETE FROM membership WHERE closed IS NOT NULL",
      "the state that operation 1 left can no longer be rebuilt: its members of solutions are not"
    ),
    Damage(
      "UPDATE definition SET content = x'3c782f3e' WHERE hash IN \(ofClosed)",
      "the definition of Attribute:t.b of operation 1 is not what was stored"
    ),
    Damage(
      "UPDATE definition SET content = x'3c78' WHERE hash IN \(ofClosed)",
      "the definition of Attribute:t.b of operation 1 is not what was stored"
    ),
    Damage("UPDATE package SET content = x'00'", "is not what was imported", bars: false),
    Damage("DELETE FROM package", "the package of X 1.0 is not kept any more", bars: false),
    Damage(
      "UPDATE environment SET revision = 99",
      "the environment counts 99 operations, and the history ends with operation 2",
      isPresent: true
    ),
    Damage(
      "UPDATE environment SET revision = 1",
      "the environment counts 1 operations, and the history ends with operation 2",
      isPresent: true
    ),
    Damage("DELETE FROM operation", "and the history has none", isPresent: true),
    Damage(
      "DELETE FROM operation WHERE number = 1",
      "operation 1 is missing in the history",
      bars: false,
      isPresent: true
    ),
    Damage(
      "UPDATE solution SET role = 'x' WHERE closed IS NULL",
      "the solution X has “x” as its role, which means nothing",
      isPresent: true
    ),
    Damage(
      "UPDATE solution SET block = 7 WHERE closed IS NULL",
      "the state that operation 2 left is not what is there: its solutions are not",
      bars: false,
      isPresent: true
    ),
    Damage(
      "UPDATE solution SET display_name = 'x' WHERE closed IS NOT NULL",
      "the state that operation 1 left can no longer be rebuilt: its solutions are not"
    ),
    Damage(
      "UPDATE publisher SET prefix = 'x'",
      "its publishers are not those that it left",
      isPresent: true
    ),
    Damage(
      "UPDATE operation_change SET action = 'x'",
      "as its action",
      bars: false,
      isPresent: true
    ),
    Damage("UPDATE attempt SET outcome = 'x'", "as its outcome", bars: false, isPresent: true),
    Damage(
      "UPDATE operation_state SET layers = members WHERE operation = 1",
      "the state that operation 1 left can no longer be rebuilt: its layers of components are not"
    ),
    Damage(
      "DELETE FROM operation_change WHERE operation = 1",
      "operation 1 tells of 3 changes of the kind add, and its list has 0",
      bars: false
    ),
    Damage(
      "DELETE FROM operation_change WHERE operation = 1 AND position = 1",
      "the list of changes of operation 1 has a gap",
      bars: false
    ),
    Damage(
      "UPDATE operation SET deleted = 0 WHERE number = 2",
      "operation 2 tells of 0 changes of the kind delete, and its list has 1",
      bars: false
    ),
    Damage(
      "DELETE FROM operation_state WHERE operation = 2",
      "what operation 2 left is not kept any more",
      bars: false
    ),
    Damage(
      "DELETE FROM attempt WHERE number = 1",
      "1 of the newest 2 attempts are missing",
      bars: false
    ),
    Damage("DELETE FROM tenure WHERE closed IS NOT NULL", "nothing says when", bars: false),
    Damage(
      "UPDATE incarnation SET purged = 2 WHERE id IN (SELECT incarnation FROM tenure WHERE closed IS NOT NULL)",
      "is said to be purged, and is there",
      bars: false
    ),
    Damage(
      "DELETE FROM layer WHERE name = 't.a'",
      "the state that operation 2 left is not what is there: its layers of components are not",
      isPresent: true
    ),
  ]

  private static let former = "X 1.0 by A\ntable t\ncolumn t.a nvarchar 1\ncolumn t.b nvarchar 1"
  private static let latter = "X 1.1 by A\ntable t\ncolumn t.a nvarchar 1\ncolumn t.c nvarchar 1"

  private func environment() async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    try await environment.import(Self.former)
    try await environment.import(Self.latter)
    return environment
  }

  @Test("UN-2 a damage is found, and no way back passes over it", arguments: damages)
  func damage(_ damage: Damage) async throws {
    let environment = try await environment()
    let lifecycle = environment.lifecycle
    #expect(try await environment.broken() == [])
    try environment.damage(damage.statement)
    let broken = try await environment.broken()
    #expect(broken.contains { $0.contains(damage.told) }, "\(broken)")
    let present = try await lifecycle.beneath.read { try $0.verified(.present) }
    #expect(present.scope == .present)
    #expect(!present.broken.isEmpty == damage.isPresent, "\(present.broken)")
    guard damage.bars else { return }
    let revision = try await lifecycle.beneath.read { try $0.environment().revision }
    await #expect(throws: StoreError.self) {
      try await lifecycle.perform(.rollback(2), consent: .all)
    }
    #expect(try await environment.broken() == broken)
    #expect(try await lifecycle.beneath.read { try $0.environment().revision } == revision)
  }

  @Test("UN-2 what comes again is kept as it is, also where what was kept of it is damaged")
  func comesAgain() async throws {
    let environment = try await environment()
    try environment.damage(
      "UPDATE definition SET content = x'3c782f3e' WHERE hash IN \(Self.ofClosed)"
    )
    #expect(try await environment.broken() != [])
    try await environment.import(Self.former, options: PlanOptions(allowsLowerVersion: true))
    #expect(try await environment.broken() == [])
  }

  @Test(
    "A way back that reaches what was promised is taken, though what it leaves behind was damaged"
  )
  func damagedPresent() async throws {
    let environment = try await environment()
    let former = try await environment.whole(at: 1)
    try environment.damage("DELETE FROM layer WHERE name = 't.c'")
    try await environment.lifecycle.perform(.rollback(2), consent: .all)
    #expect(try await environment.whole().fingerprint == former.fingerprint)
  }

  @Test("What cannot be reached is named")
  func unreachable() async throws {
    let environment = try await environment()
    try environment.damage(
      "DELETE FROM layer WHERE closed IS NOT NULL"
    )
    let error = await #expect(throws: StoreError.self) {
      try await environment.lifecycle.perform(.rollback(2), consent: .all)
    }
    #expect("\(try #require(error))".contains("Attribute:t.b"))
    let attempts = try await environment.lifecycle.beneath.read { try $0.attempts(limit: 1) }
    #expect(attempts.map(\.outcome) == [.failed])
  }

  @Test(
    "Giving up a staged upgrade promises the state before it, unless something has happened since"
  )
  func discard() async throws {
    let environment = try await TestEnvironment()
    let lifecycle = environment.lifecycle
    let name = try #require(SolutionName("X"))
    func promised() async throws -> Int? {
      try await lifecycle.beneath.read { try $0.promise(ofDiscarding: name)?.revision }
    }
    try await environment.import(Self.former)
    try await environment.import("Y 1.0 by A\ntable y")
    #expect(try await promised() == nil)
    let before = try await environment.whole()
    try await environment.import(Self.latter, options: PlanOptions(choice: .stage))
    #expect(try await promised() == 2)
    // Rows are people's own and no part of a state.
    let record = OperationRecord(
      verb: "rows",
      title: "rows",
      who: "tester",
      started: Timestamp(milliseconds: 0)
    )
    try await lifecycle.beneath.write {
      try $0.history.note(record, as: 4, completed: Timestamp(milliseconds: 1))
    }
    #expect(try await promised() == 2)
    try await lifecycle.perform(.discardUpgrade(name), consent: .all)
    #expect(try await environment.whole().fingerprint == before.fingerprint)
    try await environment.import(Self.latter, options: PlanOptions(choice: .stage))
    try await environment.import("Z 1.0 by A\ntable z")
    #expect(try await promised() == nil)
    try await lifecycle.perform(.discardUpgrade(name), consent: .all)
    #expect(try await environment.broken() == [])
  }

  @Test("A stage that did more than bring its layers promises nothing of giving it up")
  func discardOfMore() async throws {
    let environment = try await TestEnvironment()
    let lifecycle = environment.lifecycle
    let name = try #require(SolutionName("X"))
    func promised() async throws -> Int? {
      try await lifecycle.beneath.read { try $0.promise(ofDiscarding: name)?.revision }
    }
    try await environment.import(Self.former)
    try await environment.import("Y 1.0 by A\ntable y")
    try await environment.import(
      "Y 1.1 by A\ntable y",
      Self.latter,
      options: PlanOptions(choice: .stage)
    )
    #expect(try await environment.whole().solutions[name.holding] != nil)
    #expect(try await promised() == nil)
    try await lifecycle.perform(.discardUpgrade(name), consent: .all)
    // A stage that a rollback brings back is the stage that it was.
    try await environment.import(Self.latter, options: PlanOptions(choice: .stage))
    #expect(try await promised() == 4)
    try await lifecycle.perform(.applyUpgrade(name), consent: .all)
    #expect(try await promised() == nil)
    try await lifecycle.perform(.rollback(6), consent: .all)
    #expect(try await promised() == 4)
    try await lifecycle.perform(.discardUpgrade(name), consent: .all)
    #expect(try await environment.broken() == [])
  }

  @Test("UN-2 a kept package that is damaged is said to be, and not taken for something else")
  func damagedPackage() async throws {
    let environment = try await environment()
    let lifecycle = environment.lifecycle
    let digest = try await lifecycle.beneath.read { try $0.history(limit: 1) }.first?.packages
      .first?
      .digest
    try environment.damage("UPDATE package SET content = x'00'")
    let wanted = try #require(digest)
    await #expect(throws: StoreError.self) {
      try await lifecycle.beneath.read { try $0.package(wanted)?.file }
    }
  }

  @Test("UN-2 whatever page of the file is damaged, it is found or told, and nothing crashes")
  func pages() async throws {
    let file = try await Self.written()
    let sound = try Data(contentsOf: URL(filePath: file.path))
    let (size, index): (Int, Int) = try await SQLiteDatabase(path: file.path, mode: .read).read {
      session in
      (
        try session.row("PRAGMA page_size") { try $0.integer(0) } ?? 0,
        try session.row("SELECT rootpage FROM sqlite_master WHERE name = 'layer_history'") {
          try $0.integer(0)
        } ?? 0
      )
    }
    func broken(_ bytes: Data) async throws -> [String] {
      try bytes.write(to: URL(filePath: file.path))
      do {
        let database = try SQLiteDatabase(path: file.path, mode: .read)
        return try await SolutionStore.open(database).read { try $0.verify() }
      } catch let error as SQLError {
        return ["\(error)"]
      } catch let error as StoreError {
        return ["\(error)"]
      }
    }
    #expect(try await broken(sound) == [])
    // How many entries the index of the history has.
    var bytes = sound
    let place = bytes.startIndex + (index - 1) * size
    bytes.replaceSubrange(place + 3..<place + 5, with: [0, 0])
    #expect(try await broken(bytes).contains { $0.hasPrefix("the database itself: ") })
    for page in stride(from: 0, to: sound.count / size, by: 7) {
      var bytes = sound
      let start = bytes.startIndex + page * size
      bytes.replaceSubrange(start..<start + size, with: repeatElement(0xA5, count: size))
      #expect(try await broken(bytes) != [], "page \(page + 1)")
    }
  }

  /// An environment that nobody has open.
  private static func written() async throws -> TestFile {
    let file = TestFile()
    let id = try #require(GUID("0a1b2c3d-0000-4000-8000-000000000003"))
    do {
      let database = try SQLiteDatabase(path: file.path, mode: .create)
      _ = try await SolutionStore.create(in: database, id: id, at: Timestamp(milliseconds: 0))
    }
    let lifecycle = try await file.open()
    for text in [former, latter] {
      try await lifecycle.perform(
        .importing([try TestEnvironment.archive(text)], PlanOptions()),
        consent: .all
      )
    }
    return file
  }
}
