import FoundationEssentials
internal import PostgreSQL
package import SQL
internal import SQLite
internal import Synchronization

/// The databases that an environment may lie in.
package enum Backend: String, CaseIterable, Sendable {
  case sqlite
  case postgresql

  /// Those that are here; `STRATA_TEST_BACKENDS` names some of them.
  package static let available: [Backend] = {
    let named = variable("STRATA_TEST_BACKENDS")?.split(separator: ",").map(String.init)
    return allCases.filter { backend in
      (named?.contains(backend.rawValue) ?? true) && (backend == .sqlite || server != nil)
    }
  }()

  /// The address of the server of the tests (`scripts/with-postgres`), where schemas come and go; nil where there is none.
  package static let server = variable("STRATA_TEST_POSTGRES")

  /// The one that environments of this test lie in.
  @TaskLocal package static var current = Backend.sqlite

  private static func variable(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// A place for a database, which goes with the value; whether there is one is for others to say.
package final class TestPlace: Sendable {
  package let backend: Backend
  /// As `--env` takes it.
  package let location: String
  /// What the schema is called; empty where it is a file.
  package let schema: String
  private let file: TestFile?

  package init(_ backend: Backend = .current) {
    self.backend = backend
    switch backend {
    case .sqlite:
      let file = TestFile()
      (self.file, schema, location) = (file, "", file.path)
    case .postgresql:
      let name = "test_\(UInt64.random(in: 0...UInt64.max))"
      (file, schema, location) = (nil, name, "\(Backend.server ?? "")&schema=\(name)")
    }
  }

  package enum Mode: Sendable {
    case create
    case copy
    case open
    case read
  }

  package func database(_ mode: Mode) throws(SQLError) -> any SQLDatabase {
    try Self.database(at: location, mode)
  }

  package static func database(
    at location: String,
    _ mode: Mode
  ) throws(SQLError) -> any SQLDatabase {
    let backend: Backend = PostgreSQLAddress.isOne(location) ? .postgresql : .sqlite
    switch (backend, mode) {
    case (.sqlite, .copy): return try SQLiteDatabase(path: location, mode: .copy)
    case (.sqlite, .create): return try SQLiteDatabase(path: location, mode: .create)
    case (.sqlite, .open): return try SQLiteDatabase(path: location, mode: .open)
    case (.sqlite, .read): return try SQLiteDatabase(path: location, mode: .read)
    case (.postgresql, _):
      let own: PostgreSQLDatabase.Mode =
        switch mode {
        case .create: .create
        case .copy: .copy
        case .open: .open
        case .read: .read
        }
      return try PostgreSQLDatabase(try PostgreSQLAddress(location), mode: own)
    }
  }

  deinit {
    guard backend == .postgresql else { return }
    do {
      try PostgreSQLDatabase.drop(try PostgreSQLAddress(location))
    } catch {
      // The server goes with the tests, and the schema with it.
    }
  }
}
