import Collation
import EnvironmentSupport
import PostgreSQL
import SQL
import TestSupport
import Testing

@Suite(
  "PostgreSQL",
  .enabled(if: Backend.available.contains(.postgresql), "scripts/with-postgres finds no server")
)
struct PostgreSQLTests {
  @Test("Texts compare by the same fold as everywhere, whatever is in them")
  func fold() async throws {
    let place = TestPlace(.postgresql)
    let database = try place.database(.create)
    let scalars = (1...0x10FFFF as ClosedRange<UInt32>).compactMap { Unicode.Scalar($0) }
    let texts = ["", " ", "  a ", "ÀB c ", "Straße", "\u{3000}", "\"'\\\u{FF02}\u{FF07}"]
    let all =
      texts
      + stride(from: 0, to: scalars.count, by: 1_000).map { start in
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<min(start + 1_000, scalars.count)])
        return "x\(String(text))x"
      }
    try await database.write { session in
      try session.execute("CREATE TABLE x (id BIGINT, a \(session.dialect.text))")
      var rows = SQLRows(["id", "a"])
      for (id, text) in all.enumerated() { rows.append([SQLValue(id), .text(text)]) }
      try session.insert(rows, into: "x", .refused)
      let found = try session.rows("SELECT \(session.dialect.folded("a")) FROM x ORDER BY id") {
        try $0.text(0)
      }
      for (text, folded) in zip(all, found) {
        let wanted = Collation.folded(text)
        #expect(Array(folded.unicodeScalars) == Array(wanted.unicodeScalars), "\(text.prefix(9))")
      }
    }
  }

  @Test(
    "A schema with something in it is no place for an environment, and one that is not there is missing"
  )
  func places() async throws {
    let place = TestPlace(.postgresql)
    let missing = #expect(throws: SQLError.self) { try place.database(.open) }
    #expect(missing?.reason == .missing)
    let database = try place.database(.create)
    try await database.write { try $0.execute("CREATE TABLE x (id BIGINT)") }
    let there = #expect(throws: SQLError.self) { try place.database(.create) }
    #expect(there?.reason == .exists)
    let reading = try place.database(.read)
    let refused = await #expect(throws: SQLError.self) {
      try await reading.write { try $0.execute("DROP TABLE x") }
    }
    #expect(refused?.reason == .readOnly)
  }

  @Test("A server that is not there, and a user who is not let in, are told without their password")
  func unreachable() throws {
    let away = try PostgreSQLAddress("postgres://me:se%20cret@127.0.0.1:1/db?schema=x")
    let error = #expect(throws: SQLError.self) { try PostgreSQLDatabase(away, mode: .open) }
    #expect(error?.reason == .disconnected)
    #expect(error.map { "\($0)".contains("cret") } == false)
    #expect(error.map { "\($0)".contains("127.0.0.1") } == true)
  }

  @Test("Who may make nothing but what lies in a schema makes an environment in it")
  func limited() async throws {
    let place = TestPlace(.postgresql)
    let server = try #require(Backend.server)
    let role = "role_\(place.schema)"
    func sql(_ statement: String) throws {
      let done = try #require(
        Program.run("psql", [server, "-qv", "ON_ERROR_STOP=1", "-c", statement])
      )
      try #require(done.status == 0, "\(done.errors)")
    }
    try sql("CREATE ROLE \(role) LOGIN; CREATE SCHEMA \(place.schema) AUTHORIZATION \(role)")
    let own = place.location.replacing("user=strata", with: "user=\(role)")
    let database = try TestPlace.database(at: own, .create)
    try await database.write { try $0.execute("CREATE TABLE x (id BIGINT)") }
    // What somebody else has made over it keeps it.
    try sql("CREATE VIEW public.\(role) AS SELECT * FROM \(place.schema).x")
    let kept = await #expect(throws: SQLError.self) { try await database.drop() }
    #expect(kept?.hint == "DROP SCHEMA in psql tells what it is")
    try sql("DROP VIEW public.\(role)")
    try await database.drop()
    #expect(throws: SQLError.self) { try TestPlace.database(at: own, .open) }
    try sql("DROP ROLE \(role)")
  }
}
