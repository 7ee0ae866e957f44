import FoundationEssentials
package import SQL
internal import SQLite
package import SolutionStore
package import Solutions
internal import Synchronization
internal import TestSupport

@testable package import Lifecycle

#if canImport(Glibc)
  import Glibc
#endif

/// An environment in a place of its own that goes with the value.
package final class TestEnvironment: Sendable {
  package let place: TestPlace
  package let lifecycle: Lifecycle

  package var path: String { place.location }

  package init(in place: TestPlace = TestPlace()) async throws {
    self.place = place
    guard let id = GUID("0a1b2c3d-0000-4000-8000-000000000001") else {
      preconditionFailure("a constant GUID can be read")
    }
    let database = try place.database(.create)
    let store = try await SolutionStore.create(in: database, id: id, at: Self.clock.next())
    lifecycle = Self.lifecycle(store)
  }

  /// The same place on a disk that can fail.
  package func faulty() async throws -> (lifecycle: Lifecycle, database: FaultyDatabase) {
    let database = FaultyDatabase(try place.database(.open))
    return (Self.lifecycle(try await SolutionStore.open(database)), database)
  }

  /// The same environment through another door.
  package func lifecycle(on database: any SQLDatabase) async throws -> Lifecycle {
    try await Self.lifecycle(on: database)
  }

  /// Any environment.
  package static func lifecycle(on database: any SQLDatabase) async throws -> Lifecycle {
    lifecycle(try await SolutionStore.open(database))
  }

  fileprivate static func lifecycle(_ store: SolutionStore) -> Lifecycle {
    Lifecycle(
      store: store,
      surroundings: Lifecycle.Surroundings(
        clock: { clock.next() },
        newID: { UUID().uuidString.lowercased() },
        process: 1
      )
    )
  }

  /// The same place, opened as by another process.
  package func reopened() async throws -> Lifecycle {
    Self.lifecycle(try await SolutionStore.open(try place.database(.open)))
  }

  package static func newPath() -> String {
    "\(FileManager.default.temporaryDirectory.path)/strata-test-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
  }

  private static let clock = Clock()

  /// Moves by a millisecond each time somebody looks.
  private final class Clock: Sendable {
    private let milliseconds = Mutex(1_764_000_000_000)

    func next() -> Timestamp {
      milliseconds.withLock { milliseconds in
        milliseconds += 1
        return Timestamp(milliseconds: milliseconds)
      }
    }
  }

  /// One statement by another program, which knows nothing of what belongs together.
  package func damage(_ statement: String) throws {
    guard place.backend == .sqlite else { return try damageSchema(statement) }
    let script =
      "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"
    let result = Program.run("python3", ["-c", script, path, statement])
    guard let result, result.status == 0 else { throw NotDone(result?.errors ?? "no python3") }
  }

  private func damageSchema(_ statement: String) throws {
    let script = "SET search_path TO \"\(place.schema)\"; \(statement)"
    let result = Program.run(
      "psql",
      [Backend.server ?? "", "-v", "ON_ERROR_STOP=1", "-c", script]
    )
    guard let result, result.status == 0 else { throw NotDone(result?.errors ?? "no psql") }
  }

  /// Takes away the tables that later steps of the schema have made, so that opening it takes those steps again.
  package func age(to version: Int) throws {
    let tables = [
      9: ["seal"], 10: ["number_sequence"], 12: ["value_turn", "value_move"],
      13: ["root_behavior"], 15: ["told"],
      16: ["data_systemuserroles", "data_teamroles", "data_teammembership"],
    ]
    for step in tables.keys.sorted() where step > version {
      for table in tables[step] ?? [] { try damage("DROP TABLE \(table)") }
    }
    for (step, columns) in zip([16, 17], SystemBaseline.laterColumns) where version < step {
      for (table, names) in columns {
        for name in names { try damage("ALTER TABLE data_\(table) DROP COLUMN \(name)") }
      }
    }
    if version < 14 { try damage("DROP INDEX alias_other") }
    try damage("UPDATE strata_schema SET version = \(version)")
  }

  private struct NotDone: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  // MARK: Short ways

  package static func archive(_ text: String) throws -> Request.Archive {
    let text = PackageText(text)
    return Request.Archive(package: try text.read(), bytes: text.archive())
  }

  @discardableResult
  package func `import`(
    _ texts: String...,
    options: PlanOptions = PlanOptions()
  ) async throws -> Lifecycle.Done {
    try await lifecycle.perform(
      .importing(try texts.map { try Self.archive($0) }, options),
      consent: .all
    )
  }

  package func whole(at revision: Int? = nil) async throws -> InstalledState {
    try await lifecycle.beneath.read { try $0.whole(at: revision) }
  }

  /// Everything, and what is broken in it.
  package func verified() async throws -> (state: InstalledState, broken: [String]) {
    try await lifecycle.beneath.read { session in
      let found = try session.verified(rows: { _ in })
      return (try found.state ?? session.whole(), found.broken)
    }
  }

  package func broken() async throws -> [String] {
    try await lifecycle.beneath.read { try $0.verify() }
  }
}

extension StoreReader {
  /// What is broken, in rows, too.
  package func verify() throws -> [String] { try verified(rows: { _ in }).broken }
}

/// A path for a file, which goes with the value; whether there is one is for others to say.
package final class TestFile: Sendable {
  package let path: String

  package init(_ path: String = TestEnvironment.newPath()) { self.path = path }

  /// An environment that is there.
  package func open() async throws -> Lifecycle {
    TestEnvironment.lifecycle(
      try await SolutionStore.open(try SQLiteDatabase(path: path, mode: .open))
    )
  }

  deinit {
    for suffix in ["", "-wal", "-shm", "-lock"] { unlink(path + suffix) }
  }
}

extension Lifecycle {
  /// What lies beneath the door, for tests that look at rows or lay hands on them.
  package var beneath: SolutionStore { store }
}
