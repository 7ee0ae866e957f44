import EnvironmentSupport
import Lifecycle
import SQL
import SQLite
import SolutionStore
import Solutions
import TestSupport
import Testing

/// What is a statement's code and what is not.
@Suite("Text of statements", .everyBackend)
struct SQLTextTests {
  private static let odd = [
    "…", "it's", "what?1", "a -- b", "\"b\"", "$1; DROP TABLE x", "~", "é\u{301}",
  ]

  @Test("Values are bound, names quoted, parts inserted; arguments come first")
  func rendered() throws {
    let part: SQLText = "b = \("it's…") AND c IN \(list: [1, "?"])"
    let text: SQLText = """
      SELECT \(names: ["a", "x\"y"]) FROM \(name: "t…") WHERE \(part) AND d = \(argument: 1)
        AND e = \(argument: 0) AND f IN \(list: []) AND g = \(nil as Int?)
      """
    let rendered = try text.rendered { number, _ in "$\(number)" }
    #expect(
      rendered.text == """
        SELECT "a", "x""y" FROM "t…" WHERE b = $3 AND c IN ($4, $5) AND d = $2
          AND e = $1 AND f IN (SELECT NULL WHERE 1 = 0) AND g = $6
        """
    )
    #expect(rendered.values == ["it's…", 1, "?", .null])
    #expect(rendered.argumentCount == 2)
  }

  @Test("Whatever a name or a value has in it, the database keeps it", arguments: odd)
  func kept(text: String) async throws {
    let environment = try await TestEnvironment()
    try await environment.lifecycle.beneath.database.write { session in
      try session.execute("CREATE TABLE \(name: text) (\(name: text) TEXT)")
      try session.execute("INSERT INTO \(name: text) (\(names: [text])) VALUES (\(text))")
      let statement = try session.prepare(
        "INSERT INTO \(name: text) (\(name: text)) VALUES (COALESCE(\(argument: 0), \(text)))"
      )
      try statement.execute([.null])
      #expect(try session.columns(of: text) == [text])
      let among: SQLText = "SELECT \(name: text) FROM \(name: text) WHERE \(name: text) IN"
      #expect(
        try session.rows("\(among) \(list: [.text(text)])") { try $0.text(0) } == [text, text]
      )
      #expect(try session.rows("\(among) \(list: [])") { try $0.text(0) } == [])
    }
  }

  @Test("Nothing is among none", arguments: [0, 499, 500, 501, 1200])
  func lists(count: Int) async throws {
    let environment = try await TestEnvironment()
    try await environment.lifecycle.beneath.database.write { session in
      try session.execute("CREATE TABLE x (a BIGINT)")
      for value in 0..<3 { try session.execute("INSERT INTO x (a) VALUES (\(value * 500))") }
      var found: [Int] = []
      try session.forEachRow(among: (0..<count).map { SQLValue($0) }) {
        "SELECT a FROM x WHERE a IN \(list: $0)"
      } each: {
        found.append(try $0.integer(0))
      }
      #expect(found == [0, 500, 1000].filter { $0 < count })
    }
  }

  @Test("A NUL is in no name, no value and no argument")
  func nul() async throws {
    let environment = try await TestEnvironment()
    try await environment.lifecycle.beneath.database.write { session in
      let text = "a\0b"
      #expect(throws: SQLError.self) { try session.execute("CREATE TABLE \(name: text) (a TEXT)") }
      #expect(throws: SQLError.self) { try session.row("SELECT \(text)") { _ in } }
      #expect(throws: SQLError.self) {
        try session.row("SELECT 1 WHERE 'a' IN \(list: [.text(text)])") { _ in }
      }
      let statement = try session.prepare("SELECT \(argument: 0)")
      #expect(throws: SQLError.self) { try statement.row([.text(text)]) }
      #expect(try statement.row([.text("ab")])?.value(0) == "ab")
    }
  }

  @Test("A component may be of a kind, and have a name, with any letters in it")
  func components() async throws {
    let environment = try await TestEnvironment()
    let kinds = ["odd…kind", "o'brien", "a -- b", "what?", "~1", "~", "%"]
    let roots = kinds.map {
      "manifest <RootComponent type=\"\($0)\" schemaName=\"x…'?--\" behavior=\"0\"/>"
    }
    let text = "X 1.0 by A\ntable t\n" + roots.joined(separator: "\n")
    try await environment.import(text)
    let wanted = Set(kinds.map { ComponentID(.table($0), "x…'?--") }).union([.entity("t")])
    let name = try #require(SolutionName("X"))
    #expect(try await environment.whole().solutions[name]?.members == wanted)
    let found = try await environment.lifecycle.beneath.read {
      try $0.neighborhood(of: ["x…'?--"], type: .table("o'brien")).solutions[name]?.members
    }
    #expect(found == [ComponentID(.table("o'brien"), "x…'?--")])
    try await environment.import(text.replacing("X 1.0", with: "X 1.1"))
    #expect(try await environment.whole().solutions[name]?.members == wanted)
    #expect(try await environment.broken() == [])
  }

  @Test("A flow that names something with a NUL in it names nothing")
  func flow() throws {
    let references = try #require(
      try PackageText(
        """
        X 1.0 by A
        file Workflows/f.json {"properties":{"connectionReferences":{"a":{"connection":{"connectionReferenceLogicalName":"new_\\u0000a"}},"b":{"connection":{"connectionReferenceLogicalName":"new_b"}}}}}
        xml Workflows <Workflow WorkflowId="{\(PackageText.guid("f"))}" Name="f"><JsonFileName>/Workflows/f.json</JsonFileName><Category>5</Category></Workflow>
        """
      ).read().components.first.map { ComponentKinds.standard[$0.id.type].names($0) }
    )
    #expect(references.found.map(\.target.key) == ["new_b"])
  }
}
