import EnvironmentSupport
import FoundationEssentials
import Lifecycle
import SQL
import SQLite
import Solutions
import Synchronization
import TestSupport
import Testing

@testable import SolutionStore

/// Environments go from one database to the other (docs/decisions/148).
@Suite("Copying environments", .everyBackend)
struct CopyTests {
  private static let long = "a_table_whose_name_is_longer_than_names_are_in_some_databases"

  /// Of everything something: types, pairs, keys, names of databases, the trash, moved values, numbers, secrets, attempts.
  private func rich() async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    let base = """
      table t
      primary t.name
      column t.ctid nvarchar 100
      column t.rowid int
      column t.x float
      column t.up lookup
      key t.k ctid
      key t.n rowid
      table u
      primary u.name
      relationship r t.up -> u
      many pairs t u
      table \(Self.long)
      primary \(Self.long).name
      column \(Self.long).\(Self.long)_d decimal
      """
    let more = "\ncolumn t.d decimal\ncolumn t.cash money\ntable gone\ncolumn gone.d decimal"
    try await environment.import("X 1.0 by A\n\(base)\(more)")
    let one = PackageText.guid("one")
    try await environment.write("uid|name\n\(one)|Ünder", into: "u")
    let rows = (1...300).map {
      "\($0)|É\($0)|\($0)|\(Double($0) / 7)|\(one)|\($0).25|12345678901.\($0)"
    }
    try await environment.write(
      "name|ctid|rowid|x|up|d|cash\n" + rows.joined(separator: "\n"),
      into: "t"
    )
    try await environment.write("tid|name\n\(one)|zero", into: "t")
    try await environment.write("tid|uid\n\(one)|\(one)", into: "pairs")
    try await environment.write("name|\(Self.long)_d\na|1.5\nb|-0.0001", into: Self.long)
    try await environment.write("d\n0.5\n12345678901234567890.25", into: "gone")
    // A column and a table go into the trash; the column comes back as another one.
    try await environment.import("X 1.1 by A\n\(base)")
    try await environment.import("X 1.2 by A\n\(base)\ncolumn t.d decimal\ncolumn t.twice float")
    try await environment.write("name|d\nlate|7.5", into: "t")
    _ = try await environment.lifecycle.migrateRows(
      "t",
      [RowMapping(target: "twice", source: "x")],
      replaces: true
    )
    let again = PackageText.guid("again")
    try await environment.write("uid|name\n\(again)|later", into: "u")
    await #expect(throws: LifecycleError.self) {
      try await environment.lifecycle.perform(
        .importing([try TestEnvironment.archive("X 1.0 by A\n\(base)")], PlanOptions())
      )
    }
    return environment
  }

  /// Every row of every table that the database itself names, as text.
  private func everything(_ lifecycle: Lifecycle) async throws -> [String: [String]] {
    try await lifecycle.beneath.database.read { sql in
      var found: [String: [String]] = [:]
      for (name, kind) in try sql.objects() where kind == .table && !name.hasPrefix("sqlite_") {
        let columns = try sql.columns(of: name)
        found[name] = try sql.rows("SELECT \(names: columns) FROM \(name: name)") { row in
          zip(columns, row.values).map { "\($0)=\(StoreReader.word($1))" }.sorted().joined(
            separator: "|"
          )
        }.sorted()
      }
      return found
    }
  }

  private func copied(_ lifecycle: Lifecycle, to place: TestPlace) async throws -> Lifecycle {
    _ = try await lifecycle.copy(into: try place.database(.create)) { _ in }
    return try await TestEnvironment.lifecycle(on: try place.database(.open))
  }

  @Test("There and back each table has the same rows, whichever database lies between")
  func thereAndBack() async throws {
    let environment = try await rich()
    let before = try await everything(environment.lifecycle)
    for backend in Backend.available {
      let (there, back) = (TestPlace(backend), TestPlace())
      let away = try await copied(environment.lifecycle, to: there)
      let counts = try await everything(away).mapValues(\.count)
      #expect(counts.values.sorted() == before.values.map(\.count).sorted(), "\(backend)")
      let fixed = { (name: String) in !name.hasPrefix("data_") }
      #expect(
        counts.filter { fixed($0.key) } == before.mapValues(\.count).filter { fixed($0.key) }
      )
      let state = try await away.beneath.read { try $0.whole() }
      #expect(state == (try await environment.whole()), "\(backend)")
      #expect(try await away.beneath.read { try $0.verify() } == [], "\(backend)")
      let home = try await copied(away, to: back)
      let after = try await everything(home)
      #expect(Set(after.keys) == Set(before.keys), "\(backend)")
      for (table, rows) in before { #expect(after[table] == rows, "\(table) by \(backend)") }
      #expect(try await home.beneath.read { try $0.verify() } == [], "\(backend)")
    }
  }

  @Test("A copy goes on where the environment stood: rows, keys, the trash, rollbacks")
  func goesOn() async throws {
    let environment = try await rich()
    for backend in Backend.available {
      let place = TestPlace(backend)
      let lifecycle = try await copied(environment.lifecycle, to: place)
      await #expect(throws: (any Error).self) {
        _ = try await lifecycle.importRows(
          TextRows("name|ctid\nx|é7"),
          into: "t",
          mode: .insert
        )
      }
      // What was dropped comes back with the operation that dropped it.
      let history = try await lifecycle.beneath.read { try $0.history() }
      let dropping = try #require(history.first { $0.record.title == "import X 1.0 → 1.1" })
      try await lifecycle.perform(.rollback(dropping.number), consent: .all)
      let rows = try await lifecycle.beneath.database.read { sql in
        try sql.rows("SELECT d FROM data_gone ORDER BY \(sql.dialect.number("d"))") { $0.value(0) }
      }
      #expect(rows == [.text("0.5"), .text("12345678901234567890.25")], "\(backend)")
      try await lifecycle.perform(.rollback(1), consent: .all)
      #expect(try await lifecycle.beneath.read { try $0.verify() } == [], "\(backend)")
      #expect(try await lifecycle.ask(InstalledQuestion()).isEmpty)
    }
  }

  @Test("Nothing may be there, and a copy that fails at any statement leaves nothing")
  func refused() async throws {
    let environment = try await rich()
    let other = try await TestEnvironment()
    #expect(throws: SQLError.self) { try TestPlace.database(at: other.path, .create) }
    for statements in [0, 40, 200, 400] {
      let place = TestPlace()
      let database = FaultyDatabase(try place.database(.create))
      database.fail(after: statements, .lasting)
      let error = await #expect(throws: SQLError.self) {
        _ = try await environment.lifecycle.copy(into: database) { _ in }
      }
      #expect(error?.reason == .full, "\(statements)")
      #expect(throws: SQLError.self) { try place.database(.open) }
      // The same place takes it when there is room again.
      let copy = try await copied(environment.lifecycle, to: place)
      #expect(try await copy.beneath.read { try $0.verify() } == [], "\(statements)")
    }
  }

  /// A copy that is cut off when so many portions have come.
  private func cut(_ lifecycle: Lifecycle, to place: TestPlace, after portions: Int) async throws {
    let database = try place.database(.copy)
    let kept = Mutex(0)
    await #expect(throws: CancellationError.self) {
      _ = try await lifecycle.copy(into: database, portion: CopyPortion(rows: 100)) { progress in
        guard case .kept = progress else { return }
        let number = kept.withLock { kept in
          kept += 1
          return kept
        }
        if number == portions { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
  }

  private func finished(_ lifecycle: Lifecycle, to place: TestPlace) async throws -> Copied {
    let portion = CopyPortion(rows: 100)
    return try await lifecycle.copy(into: try place.database(.copy), portion: portion) { _ in }
  }

  @Test("A copy that was cut off is no environment, and goes on with what is the same still")
  func goesOnAfterCut() async throws {
    let environment = try await rich()
    let before = try await everything(environment.lifecycle)
    for backend in Backend.available {
      let place = TestPlace(backend)
      try await cut(environment.lifecycle, to: place, after: 2)
      let unfinished = await #expect(throws: StoreError.self) {
        _ = try await TestEnvironment.lifecycle(on: try place.database(.read))
      }
      let left = StoreError.unfinishedCopy(
        location: try place.database(.read).location,
        source: environment.lifecycle.beneath.database.location
      )
      #expect(unfinished == left)
      let taken = #expect(throws: SQLError.self) { try place.database(.create) }
      #expect(taken?.reason == .exists)
      let copied = try await finished(environment.lifecycle, to: place)
      #expect(copied.rowsKept >= 200, "\(backend): \(copied.rowsKept)")
      let away = try await TestEnvironment.lifecycle(on: try place.database(.open))
      #expect(try await away.beneath.read { try $0.verify() } == [], "\(backend)")
      #expect(try await rowsOfCopy(of: away) == before, "\(backend)")
    }
  }

  @Test(
    "What has changed since a copy was cut off comes anew, and the copy is of the later moment",
    arguments: [
      ("another row", true), ("other values", false), ("another column", false),
      ("another table", true),
    ]
  )
  func changedSinceCut(change: String, isKept: Bool) async throws {
    let base = "X 1.4 by A\ntable t\nprimary t.name\ncolumn t.x float\ncolumn t.twice float"
    for backend in Backend.available {
      let environment = try await TestEnvironment()
      try await environment.import(base)
      let rows = (1...450).map { "\($0)|\(Double($0) / 7)" }.joined(separator: "\n")
      try await environment.write("name|x\n\(rows)", into: "t")
      let place = TestPlace(backend)
      try await cut(environment.lifecycle, to: place, after: 3)
      switch change {
      case "another row": try await environment.write("name|x\nlast|1.5", into: "t")
      case "other values":
        _ = try await environment.lifecycle.migrateRows(
          "t",
          [RowMapping(target: "twice", source: "x")],
          replaces: true
        )
      case "another column":
        try await environment.import(
          "\(base.replacing("1.4", with: "1.5"))\ncolumn t.more nvarchar 10"
        )
      default:
        try await environment.import("Y 1.0 by A\ntable u\nprimary u.name")
        let more = (1...150).map { "\($0)" }.joined(separator: "\n")
        try await environment.write("name\n\(more)", into: "u")
      }
      let copied = try await finished(environment.lifecycle, to: place)
      #expect((copied.rowsKept >= 300) == isKept, "\(change), \(backend): \(copied.rowsKept)")
      let away = try await TestEnvironment.lifecycle(on: try place.database(.open))
      #expect(try await away.beneath.read { try $0.verify() } == [], "\(backend)")
      let home = try await rowsOfCopy(of: away)
      #expect(try await home == everything(environment.lifecycle), "\(change), \(backend)")
    }
  }

  /// Every row of a copy that lies where the first environment does.
  private func rowsOfCopy(of lifecycle: Lifecycle) async throws -> [String: [String]] {
    let place = TestPlace()
    return try await everything(copied(lifecycle, to: place))
  }

  @Test(
    "What is left of a copy that cannot be finished goes, and another environment leaves it alone"
  )
  func unfinishable() async throws {
    let environment = try await rich()
    for backend in Backend.available {
      let place = TestPlace(backend)
      try await cut(environment.lifecycle, to: place, after: 2)
      let other = try await TestEnvironment()
      try other.damage("UPDATE environment SET id = '0a1b2c3d-0000-4000-8000-000000000002'")
      let error = await #expect(throws: CopyError.self) {
        _ = try await finished(other.lifecycle, to: place)
      }
      #expect(error?.isFinal == false)
      // Another program changes what has arrived: what is compared in the end differs.
      let table = try await place.database(.copy).write { session in
        let names = try session.rows("SELECT name FROM strata_copy") { try $0.text(0) }
        let name = try #require(names.first)
        try session.execute("DELETE FROM \(name: name)")
        return name
      }
      let differs = await #expect(throws: CopyError.self) {
        _ = try await finished(environment.lifecycle, to: place)
      }
      let told = "\(try #require(differs).prose)"
      #expect(told.contains(table) && told.contains("arrived"), "\(backend): \(told)")
      // The place is free again.
      #expect(try await finished(environment.lifecycle, to: place).rowsKept == 0)
    }
  }

  @Test("What is damaged where it comes from is told, and not copied")
  func damaged() async throws {
    for (damage, told) in [
      ("UPDATE solution SET role = 'king'", "a role that there is not"),
      ("UPDATE environment SET revision = 7", "counts 7 operations"),
      ("DROP TABLE data_u", "data_u"), ("ALTER TABLE layer ADD COLUMN odd BIGINT", "odd"),
    ] {
      let environment = try await TestEnvironment()
      try await environment.import("X 1.0 by A\ntable t\ntable u")
      try await environment.write("tid\n\(PackageText.guid("one"))", into: "t")
      try environment.damage(damage)
      for backend in Backend.available {
        let place = TestPlace(backend)
        let error = await #expect(throws: (any Error).self) {
          _ = try await environment.lifecycle.copy(into: try place.database(.create)) { _ in }
        }
        #expect("\(try #require(error))".contains(told), "\(damage): \(String(describing: error))")
        #expect(throws: SQLError.self) { try place.database(.open) }
      }
    }
  }

  @Test("While it is copied others write; the copy is of the moment when it began")
  func meanwhile() async throws {
    let environment = try await rich()
    let before = try await environment.whole()
    let other = try await environment.reopened()
    for backend in Backend.available {
      let revision = try await environment.lifecycle.standing().environment.revision
      let place = TestPlace(backend)
      let database = try place.database(.create)
      let (asked, ask) = AsyncStream<Void>.makeStream()
      async let copy = environment.lifecycle.copy(into: database) { progress in
        if case .copying = progress { ask.yield() }
      }
      for await _ in asked { break }
      _ = try await other.importRows(TextRows("name\nmeanwhile"), into: "t", mode: .insert)
      let copied = try await copy
      #expect(copied.environment.revision == revision)
      #expect(copied.fingerprint == before.fingerprint)
      #expect(try await other.standing().environment.revision == revision + 1)
    }
  }

  @Test(
    "An environment is dropped with all that is in it, unless somebody works in it or keeps something there"
  )
  func drop() async throws {
    let place = TestPlace()
    let environment = try await TestEnvironment(in: place)
    try await environment.import("X 1.0 by A\ntable t\ntable u\nmany m t u")
    let lifecycle = environment.lifecycle
    do {
      let claim = try #require(try await place.database(.open).claim(waiting: .zero))
      await #expect(throws: LifecycleError.self) { try await lifecycle.drop() }
      withExtendedLifetime(claim) {}
    }
    try environment.damage("CREATE TABLE theirs (id BIGINT)")
    let error = await #expect(throws: StrangersInside.self) { try await lifecycle.drop() }
    #expect(error?.prose.text.contains("another program's: theirs") == true)
    try environment.damage("DROP TABLE theirs")
    #expect(try await environment.broken() == [])
    try await lifecycle.drop()
    let missing = #expect(throws: SQLError.self) { try place.database(.open) }
    #expect(missing?.reason == .missing)
    // The place is free again.
    _ = try await TestEnvironment(in: place)
  }

  @Test(
    "An environment of an earlier release is read without the system's later tables, and gets them when it is opened"
  )
  func laterTables() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t")
    try environment.age(to: 15)
    let reading = try await TestEnvironment.lifecycle(
      on: try TestPlace.database(at: environment.path, .read)
    )
    func users(_ lifecycle: Lifecycle) async throws -> (columns: Set<String>, rows: Int) {
      let asked = RowTree(RowQuery("systemuser"))
      let found = try await lifecycle.ask(RowTreeQuestion(asked, knowing: KnownTables()))
      return (Set(found.header.columns.map(\.column.name)), found.rows.count)
    }
    #expect(try await reading.beneath.read { try $0.verify() } == [])
    #expect(try await users(reading).rows == 1)
    await #expect(throws: QueryError.self) {
      try await reading.ask(
        RowTreeQuestion(RowTree(RowQuery("systemuserroles")), knowing: KnownTables())
      )
    }
    let opened = try await environment.reopened()
    #expect(try await opened.beneath.read { try $0.verify() } == [])
    #expect(try await users(opened).columns.isSuperset(of: try await users(reading).columns))
    #expect(try await users(opened).columns.contains("azureactivedirectoryobjectid"))
    let pairs = RowTreeQuestion(RowTree(RowQuery("systemuserroles")), knowing: KnownTables())
    #expect(try await opened.ask(pairs).rows.isEmpty)
  }

  @Test("A copy of an environment that an earlier release wrote is one of that release")
  func older() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t")
    try environment.age(to: 8)
    let reading = try await TestEnvironment.lifecycle(
      on: try TestPlace.database(at: environment.path, .read)
    )
    for backend in Backend.available {
      let place = TestPlace(backend)
      _ = try await reading.copy(into: try place.database(.create)) { _ in }
      let version = try await place.database(.read).read { sql in
        try sql.row("SELECT version FROM strata_schema") { try $0.integer(0) }
      }
      #expect(version == 8)
      let copy = try await TestEnvironment.lifecycle(on: try place.database(.open))
      #expect(try await copy.beneath.read { try $0.verify() } == [])
    }
  }
}
