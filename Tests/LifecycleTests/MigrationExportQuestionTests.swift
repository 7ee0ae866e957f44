import EnvironmentSupport
import Lifecycle
import Solutions
import Synchronization
import TestSupport
import Testing

/// In which order rows are given to who writes them into a file of the Configuration Migration tool.
@Suite("Rows for migration files", .everyBackend)
struct MigrationExportQuestionTests {
  private final class Told: MigrationTaking, Sendable {
    struct Full: Error {}

    private let taken = Mutex<[String]>([])
    private let most: Int

    init(most: Int = .max) { self.most = most }

    var lines: [String] { taken.withLock { $0 } }

    private func tell(_ line: String) throws {
      let count = taken.withLock {
        $0.append(line)
        return $0.count
      }
      guard count <= most else { throw Full() }
    }

    func begin(_ outline: MigrationOutline) throws {
      try tell("order " + outline.tables.map(\.table.name).joined(separator: " "))
    }
    func begin(_ table: MigrationOutline.Table) throws { try tell("table \(table.table.name)") }
    func take(_ record: MigrationData.Record) throws {
      try tell("row …\(record.id.suffix(2)) \(record.fields.count { $0.fileName != nil }) files")
    }
    func endRecords() throws { try tell("pairs") }
    func take(
      _ targets: [String],
      pairedWith source: String,
      by pairs: MigrationOutline.Pairs
    ) throws {
      try tell(
        "\(pairs.intersect.name) …\(source.suffix(2)): \(targets.map { "…\($0.suffix(2))" })"
      )
    }
    func endTable() throws { try tell("end of table") }
    func endData() throws { try tell("end") }
    func take(file: String, _ bytes: [UInt8]) throws { try tell("file of \(bytes.count) bytes") }
  }

  private static let package = """
    X 1.0 by A
    table a
    column a.parent lookup
    column a.doc file
    primary a.name
    relationship r a.parent -> z
    table z
    primary z.name
    many az a z
    """

  private func id(_ number: Int) -> String { "00000000-0000-0000-0000-0000000000\(number)" }

  private func filled() async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    try await environment.import(Self.package)
    try await environment.write("zid|name\n\(id(21))|one\n\(id(22))|two", into: "z")
    try await environment.write(
      "aid|name|parent|doc|doc:name\n\(id(12))|b|\(id(22))|aGk=|h.txt\n\(id(11))|a|||",
      into: "a"
    )
    let pairs = [(12, 21), (11, 22), (12, 22)].map { "\(id($0))|\(id($1))" }
    try await environment.write("aid|zid\n" + pairs.joined(separator: "\n"), into: "az")
    return environment
  }

  @Test(
    "RW-50 tables that others lead to come first, rows by id, pairs by their source, files last"
  )
  func order() async throws {
    let environment = try await filled()
    let told = Told()
    let exported = try await environment.lifecycle.ask(
      MigrationExportQuestion(of: nil, where: nil, to: told) { _ in }
    )
    #expect(
      told.lines == [
        "order z a", "table z", "row …21 0 files", "row …22 0 files", "pairs", "end of table",
        "table a", "row …11 0 files", "row …12 1 files", "pairs", #"az …11: ["…22"]"#,
        #"az …12: ["…21", "…22"]"#, "end of table", "end", "file of 2 bytes",
      ]
    )
    #expect(exported.rows == ["a": 2, "z": 2])
    #expect(exported.pairs == ["az": 3])
  }

  @Test("RW-50 what is thrown by who takes the rows ends the question, wherever it is thrown")
  func failing() async throws {
    let environment = try await filled()
    for most in 0..<15 {
      let told = Told(most: most)
      let question = MigrationExportQuestion(of: nil, where: nil, to: told) { _ in }
      await #expect(throws: Told.Full.self) { try await environment.lifecycle.ask(question) }
      #expect(told.lines.count == most + 1)
    }
  }
}
