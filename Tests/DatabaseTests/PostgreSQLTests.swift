import Collation
import Dispatch
import EnvironmentSupport
import PostgreSQL
import SQL
import SolutionStore
import Synchronization
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

  @Test("Who waits for a table that somebody reads lets others read it and the rest meanwhile")
  func reserved() async throws {
    let place = TestPlace(.postgresql)
    let database = try place.database(.create)
    try await database.write {
      try $0.execute("CREATE TABLE a (id BIGINT)")
      try $0.execute("CREATE TABLE b (id BIGINT)")
    }
    // However long readers take where everything else runs, too.
    let patient = try PostgreSQLDatabase(
      PostgreSQLAddress(place.location),
      mode: .open,
      patience: 600
    )
    let (looks, others, done) = (Gate(), Gate(), Gate())
    let long = Task {
      try await database.read { reader in
        _ = try reader.rows("SELECT id FROM b") { try $0.integer(0) }
        looks.open()
        others.wait()
      }
    }
    try await looks.opened()
    let change = Task {
      try await patient.write { session in
        try session.reserve(["a", "b"])
        done.open()
        try session.execute("ALTER TABLE a ADD COLUMN c BIGINT")
        try session.execute("ALTER TABLE b ADD COLUMN c BIGINT")
      }
    }
    // Of both tables, also of the one that it could have: before the long one has done, and after the change has begun to wait.
    for _ in 0..<20 {
      for table in ["a", "b"] {
        _ = try await database.read { try $0.columns(of: table) }
        _ = try await database.read { reader in
          try reader.rows("SELECT id FROM \(name: table)") { try $0.integer(0) }
        }
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(!done.isOpen)
    others.open()
    try await long.value
    try await change.value
    #expect(try await database.read { try $0.columns(of: "b") } == ["id", "c"])
  }

  @Test("Where somebody reads a table all the while, the table and who it is are named")
  func inTheWay() async throws {
    let place = TestPlace(.postgresql)
    let database = try place.database(.create)
    try await database.write { try $0.execute("CREATE TABLE a (id BIGINT)") }
    let (looks, others) = (Gate(), Gate())
    let long = Task {
      try await database.read { reader in
        _ = try reader.rows("SELECT id FROM a") { try $0.integer(0) }
        looks.open()
        others.wait()
      }
    }
    try await looks.opened()
    let hasty = try PostgreSQLDatabase(
      PostgreSQLAddress(place.location),
      mode: .open,
      patience: 0.5
    )
    let error = await #expect(throws: SQLError.self) {
      try await hasty.write { try $0.reserve(["a"]) }
    }
    #expect(error?.reason == .locked)
    #expect(error.map { "\($0)".contains("the table a") } == true, "\(String(describing: error))")
    others.open()
    try await long.value
  }

  /// What the owner of the server says.
  private func sql(_ statement: String) throws {
    let server = try #require(Backend.server)
    let done = try #require(
      Program.run("psql", [server, "-qv", "ON_ERROR_STOP=1", "-c", statement])
    )
    try #require(done.status == 0, "\(done.errors)")
  }

  /// A role of its own for a place: its name, and the place as it sees it.
  private func role(at place: TestPlace) throws -> (name: String, location: String) {
    let name = "role_\(place.schema)"
    try sql("CREATE ROLE \(name) LOGIN")
    return (name, place.location.replacing("user=strata", with: "user=\(name)"))
  }

  @Test("Who may make nothing but what lies in a schema makes an environment in it")
  func limited() async throws {
    let place = TestPlace(.postgresql)
    let (role, own) = try role(at: place)
    try sql("CREATE SCHEMA \(place.schema) AUTHORIZATION \(role)")
    let database = try TestPlace.database(at: own, .create)
    try await database.write { try $0.execute("CREATE TABLE x (id BIGINT)") }
    // What somebody else has made over it keeps it.
    try sql("CREATE VIEW public.\(role) AS SELECT * FROM \(place.schema).x")
    let kept = await #expect(throws: SQLError.self) { try await database.drop() }
    #expect(kept?.hint == "take that away first")
    #expect(
      kept?.message.contains("view \(role) depends on") == true,
      "\(String(describing: kept))"
    )
    try sql("DROP VIEW public.\(role)")
    try await database.drop()
    #expect(throws: SQLError.self) { try TestPlace.database(at: own, .open) }
    try sql("DROP ROLE \(role)")
  }

  @Test("Who was given a schema of somebody else gives it back empty")
  func lent() async throws {
    let place = TestPlace(.postgresql)
    let (role, own) = try role(at: place)
    try sql(
      "CREATE SCHEMA \(place.schema); GRANT CREATE, USAGE ON SCHEMA \(place.schema) TO \(role)"
    )
    for _ in 0..<2 {
      let database = try TestPlace.database(at: own, .create)
      try await database.write { try $0.execute("CREATE TABLE x (id BIGINT)") }
      _ = try await database.compact()
      try await database.drop()
    }
    try sql("DROP SCHEMA \(place.schema); DROP ROLE \(role)")
  }

  @Test("Space is given back by who owns the tables, and by nobody else as if it were done")
  func compacting() async throws {
    let place = TestPlace(.postgresql)
    let (role, own) = try role(at: place)
    let database = try place.database(.create)
    try await database.write { try $0.execute("CREATE TABLE x (id BIGINT)") }
    try sql(
      "GRANT USAGE ON SCHEMA \(place.schema) TO \(role); GRANT ALL ON ALL TABLES IN SCHEMA \(place.schema) TO \(role)"
    )
    let other = try TestPlace.database(at: own, .open)
    let error = await #expect(throws: SQLError.self) { _ = try await other.compact() }
    #expect(error?.reason == .noPrivilege)
    try await database.drop()
    try sql("DROP ROLE \(role)")
  }

  @Test("Who is to change nothing is told so before anything is tried")
  func readOnly() async throws {
    let place = TestPlace(.postgresql)
    let (role, own) = try role(at: place)
    try sql(
      "ALTER ROLE \(role) SET default_transaction_read_only = on; CREATE SCHEMA \(place.schema) AUTHORIZATION \(role)"
    )
    let database = try TestPlace.database(at: own, .create)
    let error = await #expect(throws: SQLError.self) {
      try await database.write { try $0.execute("CREATE TABLE x (id BIGINT)") }
    }
    #expect(error?.reason == .readOnly)
    #expect(error?.message.contains("default_transaction_read_only") == true)
    try sql("DROP SCHEMA \(place.schema); DROP ROLE \(role)")
  }

  @Test("What may not be read is no damage: verifying ends with the reason")
  func forbidden() async throws {
    let environment = try await Backend.$current.withValue(.postgresql) {
      try await TestEnvironment()
    }
    let (role, own) = try role(at: environment.place)
    let schema = environment.place.schema
    try sql(
      "GRANT USAGE ON SCHEMA \(schema) TO \(role); GRANT SELECT ON ALL TABLES IN SCHEMA \(schema) TO \(role); REVOKE SELECT ON \(schema).layer FROM \(role)"
    )
    let other = try await environment.lifecycle(on: try TestPlace.database(at: own, .read))
    let error = await #expect(throws: SQLError.self) {
      _ = try await other.beneath.read { try $0.verify() }
    }
    #expect(error?.reason == .noPrivilege)
    #expect(try await environment.broken() == [])
    try sql("DROP OWNED BY \(role); DROP ROLE \(role)")
  }
}

/// Opens once, for whoever waits for it.
private final class Gate: Sendable {
  private let isOpened = Mutex(false)
  private let semaphore = DispatchSemaphore(value: 0)

  var isOpen: Bool { isOpened.withLock { $0 } }

  func open() {
    isOpened.withLock { $0 = true }
    semaphore.signal()
  }

  /// Holds the thread, which is one of the database's.
  func wait() { semaphore.wait() }

  func opened() async throws {
    while !isOpen { try await Task.sleep(for: .milliseconds(5)) }
  }
}
