import Dispatch
import EnvironmentSupport
import FoundationEssentials
import Lifecycle
import SQL
import SQLite
import SolutionStore
import TestSupport
import Testing

/// What a database cannot do has one reason, whatever it calls it.
@Suite("Reasons of databases")
struct SQLReasonTests {
  private func reason(
    _ setup: [SQLText],
    _ failing: SQLText
  ) async throws -> SQLError.Reason? {
    let database = try SQLiteDatabase(path: TestFile().path, mode: .create)
    return try await database.write { session in
      for text in setup { try session.execute(text) }
      do throws(SQLError) {
        try session.execute(failing)
        return nil
      } catch {
        #expect(error.statement != nil)
        #expect(error.description.hasPrefix("the database: "))
        #expect(error.description.contains("(database code \(error.code))"))
        return error.reason
      }
    }
  }

  @Test("Rows that would be alike are told with the columns in which they are")
  func unique() async throws {
    let table: SQLText =
      "CREATE TABLE t (id TEXT PRIMARY KEY, a TEXT, \"b~2\" TEXT, UNIQUE (a, \"b~2\"))"
    let row: SQLText = "INSERT INTO t VALUES ('1', 'x', 'y')"
    #expect(
      try await reason([table, row], "INSERT INTO t VALUES ('2', 'x', 'y')")
        == .notUnique(columns: ["a", "b~2"])
    )
    #expect(
      try await reason([table, row], "INSERT INTO t VALUES ('1', 'p', 'q')")
        == .notUnique(columns: ["id"])
    )
    let index: SQLText = "CREATE UNIQUE INDEX i ON t (lower(a))"
    #expect(
      try await reason([table, row, index], "INSERT INTO t VALUES ('2', 'X', 'z')")
        == .notUnique(columns: [])
    )
    #expect(
      try await reason(["CREATE TABLE t (a TEXT NOT NULL)"], "INSERT INTO t VALUES (NULL)")
        == .other
    )
    #expect(try await reason([], "SELECT nonsense") == .other)
  }

  @Test("A prepared statement gives the same reasons as any other")
  func prepared() async throws {
    let database = try SQLiteDatabase(path: TestFile().path, mode: .create)
    try await database.write { session in
      try session.execute("CREATE TABLE t (a TEXT PRIMARY KEY)")
      let statement = try session.prepare("INSERT INTO t VALUES (\(argument: 0))")
      try statement.execute(["x"])
      let error = #expect(throws: SQLError.self) { try statement.execute(["x"]) }
      #expect(error?.reason == .notUnique(columns: ["a"]))
      // The rest of the transaction stands.
      try statement.execute(["y"])
      #expect(try session.row("SELECT COUNT(*) FROM t") { try $0.integer(0) } == 2)
    }
  }

  @Test("A full disk, a damaged file, and a file that is missing or somebody else's are told apart")
  func files() async throws {
    let large: SQLText = "CREATE TABLE t AS SELECT randomblob(1000000) AS a"
    #expect(try await reason(["PRAGMA max_page_count = 20"], large) == .full)

    let text = TestFile()
    try Data(repeating: 65, count: 4096).write(to: URL(filePath: text.path))
    let foreign = #expect(throws: SQLError.self) {
      try SQLiteDatabase(path: text.path, mode: .open)
    }
    #expect(foreign?.reason == .foreign)
    let missing = #expect(throws: SQLError.self) {
      try SQLiteDatabase(path: TestFile().path, mode: .read)
    }
    #expect(missing?.reason == .missing)

    let file = TestFile()
    do {
      let database = try SQLiteDatabase(path: file.path, mode: .create)
      try await database.write {
        try $0.execute("CREATE TABLE strata_schema (version BIGINT)")
        try $0.execute("CREATE TABLE t AS SELECT randomblob(100000) AS a")
      }
    }
    var bytes = try Data(contentsOf: URL(filePath: file.path))
    bytes.replaceSubrange(8192..., with: repeatElement(0xA5, count: bytes.count - 8192))
    try bytes.write(to: URL(filePath: file.path))
    let damaged = await #expect(throws: SQLError.self) {
      try await SQLiteDatabase(path: file.path, mode: .read).read {
        try $0.rows("SELECT a FROM t") { try $0.blob(0) }
      }
    }
    #expect(damaged?.reason == .damaged)
  }

  @Test("A file that another connection writes is locked")
  func locked() async throws {
    let file = TestFile()
    let database = try SQLiteDatabase(path: file.path, mode: .create)
    try await database.write { try $0.execute("CREATE TABLE strata_schema (version BIGINT)") }
    let other = try SQLiteDatabase(path: file.path, mode: .open, patience: 0)
    let (entered, entering) = AsyncStream.makeStream(of: Void.self)
    let leave = DispatchSemaphore(value: 0)
    async let writing: Void = database.write { session in
      try session.execute("INSERT INTO strata_schema VALUES (1)")
      entering.yield()
      leave.wait()
    }
    for await _ in entered { break }
    let error = await #expect(throws: SQLError.self) {
      try await other.write { try $0.execute("INSERT INTO strata_schema VALUES (2)") }
    }
    leave.signal()
    try await writing
    #expect(error?.reason == .locked)
  }
}
