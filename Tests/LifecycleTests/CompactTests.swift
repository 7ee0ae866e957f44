import EnvironmentSupport
import Lifecycle
import SQL
import SQLite
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Space that is given back.
@Suite("Compacting")
struct CompactTests {
  /// With a column whose values were purged.
  private func purged() async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    try await environment.import(
      "X 1.0 by A\ntable t\nprimary t.name\ncolumn t.a nvarchar 4000\ncolumn t.b nvarchar 100\nkey t.k b"
    )
    let long = String(repeating: "long text ", count: 100)
    let rows = (1...2_000).map { "name \($0)|\(long)\($0)|\($0)" }
    try await environment.write("name|a|b\n" + rows.joined(separator: "\n"), into: "t")
    try await environment.lifecycle.perform(
      .importing(
        [
          try TestEnvironment.archive(
            "X 1.1 by A\ntable t\nprimary t.name\ncolumn t.b nvarchar 100\nkey t.k b"
          )
        ],
        PlanOptions()
      ),
      consent: .all
    )
    let trash = try await environment.lifecycle.ask(TrashQuestion())
    try await environment.lifecycle.perform(.purgeTrash(trash.map(\.id)), consent: .all)
    return environment
  }

  @Test("RW-58 what purged data has left is given back, and nothing else changes")
  func smaller() async throws {
    let environment = try await purged()
    let lifecycle = environment.lifecycle
    let state = try await environment.whole()
    let history = try await lifecycle.beneath.read { try $0.history().count }
    let rows = try await environment.text("t", "tid", "name", "b", "versionnumber")
    let size = try await lifecycle.compact()
    #expect(size.before > 2_000_000)
    #expect(size.after < size.before / 2)
    #expect(!size.isHeld)
    #expect(try await environment.whole() == state)
    #expect(try await environment.text("t", "tid", "name", "b", "versionnumber") == rows)
    #expect(try await lifecycle.beneath.read { try $0.history().count } == history)
    #expect(try await environment.broken() == [])
    // Keys still find rows, and rows can be written.
    try await environment.write("b|name\n7|changed", into: "t", mode: .upsert(key: "k"))
    #expect(try await environment.broken() == [])
    let again = try await lifecycle.compact()
    #expect(again.after <= size.after + 100_000)
  }

  @Test("RW-80 several purged columns leave nothing, and compacting takes out what they were")
  func several() async throws {
    let environment = try await TestEnvironment()
    let kept = "table t\nprimary t.name\ncolumn t.b nvarchar 100\nkey t.k b"
    try await environment.import("X 1.0 by A\n\(kept)\ncolumn t.a nvarchar 100\ncolumn t.c int")
    try await environment.write("name|a|b|c\none|gone for good|key|7", into: "t")
    try await environment.import("X 1.1 by A\n\(kept)")
    let lifecycle = environment.lifecycle
    let trash = try await lifecycle.ask(TrashQuestion())
    try await lifecycle.perform(.purgeTrash(trash.map(\.id)), consent: .all)
    func columns() async throws -> Int? {
      try await lifecycle.beneath.database.read { reader in
        try reader.row("SELECT COUNT(*) FROM pragma_table_info('data_t')") { try $0.integer(0) }
      }
    }
    func values() async throws -> String {
      let script =
        "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute('SELECT * FROM data_t'))"
      return try #require(Program.run("python3", ["-c", script, environment.path])).output
    }
    let before = try #require(try await columns())
    #expect(try await !values().contains("gone"))
    #expect(try await environment.broken() == [])
    // Those that come again by these names are others.
    try await environment.import("X 1.2 by A\n\(kept)\ncolumn t.a nvarchar 100")
    #expect(try await environment.text("t", "name", "a", "b") == "one||key")
    _ = try await lifecycle.compact()
    #expect(try await columns() == before - 2 + 1)
    #expect(try await environment.text("t", "name", "a", "b") == "one||key")
    #expect(try await environment.broken() == [])
  }

  @Test("RW-58 who has the claim is not disturbed, and who reads reads on")
  func busy() async throws {
    let environment = try await purged()
    let database = environment.lifecycle.beneath.database
    do {
      let claim = try #require(try await database.claim(waiting: .zero))
      await #expect(throws: LifecycleError.self) { try await environment.lifecycle.compact() }
      withExtendedLifetime(claim) {}
    }
    let other = try SQLiteDatabase(path: environment.path, mode: .read)
    let lifecycle = environment.lifecycle
    let count = try await other.read { reader in
      var count = 0
      try reader.forEachRow("SELECT name FROM data_t") { _ in count += 1 }
      return count
    }
    let size = try await lifecycle.compact()
    #expect(size.after < size.before)
    let after = try await other.read { reader in
      var count = 0
      try reader.forEachRow("SELECT name FROM data_t") { _ in count += 1 }
      return count
    }
    #expect(count == 2_000)
    #expect(after == count)
  }
}
