import EnvironmentSupport
import FoundationEssentials
import Lifecycle
import SQL
import SolutionStore
import Solutions
import TestSupport
import Testing

/// What a plan accepts the store can hold.
@Suite("Room in the database", .everyBackend)
struct StorageTests {
  private func many(_ name: String, _ first: String, _ second: String, _ intersect: String)
    -> String
  {
    "xml EntityRelationships <EntityRelationship Name=\"\(name)\"><EntityRelationshipType>ManyToMany</EntityRelationshipType>"
      + "<FirstEntityName>\(first)</FirstEntityName><SecondEntityName>\(second)</SecondEntityName>"
      + "<IntersectEntityName>\(intersect)</IntersectEntityName></EntityRelationship>"
  }

  /// Errors of the plan offline and on an environment, by code; where there are none, that it can be applied.
  private func codes(_ text: String, on environment: TestEnvironment) async throws -> [String] {
    let archive = try TestEnvironment.archive(text)
    let plan = try await environment.lifecycle.plan(.importing([archive], PlanOptions()))
    let errors = plan.findings.filter { $0.severity == .error }
    for error in errors { #expect(error.subject != "", "\(error.message)") }
    do {
      try await environment.lifecycle.perform(.importing([archive], PlanOptions()), consent: .all)
      #expect(errors.isEmpty)
      #expect(try await environment.broken() == [])
    } catch LifecycleError.refused {
      #expect(!errors.isEmpty)
    }
    return errors.map(\.code)
  }

  private func offline(_ text: String) throws -> [String] {
    let plan = Plan.importing([try PackageText(text).read()], on: InstalledState())
    return plan.findings.filter { $0.severity == .error }.map(\.code)
  }

  private static let shared = TableNameShared.kind.code
  private static let invalid = InvalidLogicalName.kind.code

  @Test("PF-420 an intersect table has a name of its own, as tables have them")
  func intersects() async throws {
    let long = String(repeating: "x", count: LogicalName.lengthMax + 1)
    let refused = [
      (many("r", "t", "contact", "t"), [Self.shared]),
      (many("r", "t", "contact", "contact"), [Self.shared]),
      (many("r", "t", "contact", "account"), [Self.shared]),
      (
        many("r", "t", "contact", "x") + "\n" + many("s", "t", "contact", "X"),
        [Self.shared, Self.shared]
      ),
      (many("r", "t", "new_elsewhere", "new_elsewhere"), [Self.shared]),
      (many("r", "t", "contact", "a &quot;b&quot; c;"), [Self.invalid]),
      (many("r", "t", "contact", long), [Self.invalid]),
      (many("r", "t", "con tact", "x"), [Self.invalid]),
      ("table \(long)", [Self.invalid]), ("column t.\(long)", [Self.invalid]),
    ]
    for (text, codes) in refused {
      let package = "X 1.0 by A\ntable t\n\(text)"
      let environment = try await TestEnvironment()
      #expect(try offline(package) == codes, "\(text)")
      #expect(try await self.codes(package, on: environment) == codes, "\(text)")
    }
    let environment = try await TestEnvironment()
    let sound = "X 1.0 by A\ntable t\n" + many("r", "t", "contact", "new_t_contact")
    #expect(try await codes(sound, on: environment) == [])
    // One that the plan did not look at.
    let other = "Y 1.0 by B\ntable u\n" + many("s", "u", "contact", "new_t_contact")
    #expect(try await codes(other, on: environment) == [Self.shared])
    #expect(try await codes("Y 1.0 by B\ntable new_t_contact", on: environment) == [Self.shared])
  }

  @Test(
    "PF-420 a table has at most 2,000 columns, with those beside lookups and those in the trash"
  )
  func widths() async throws {
    func columns(_ range: Range<Int>, _ type: String) -> String {
      range.map { "column t.c\($0) \(type)" }.joined(separator: "\n")
    }
    let wide = TableTooWide.kind.code
    let environment = try await TestEnvironment()
    #expect(try offline("X 1.0 by A\ntable t\n" + columns(0..<2_001, "int")) == [wide])
    #expect(try offline("X 1.0 by A\ntable t\n" + columns(0..<1_001, "lookup")) == [wide])
    let some = "X 1.0 by A\ntable t\n" + columns(0..<1_500, "int")
    #expect(try await codes(some, on: environment) == [])
    // Those that go stay in the table until they are purged.
    let others = "X 1.1 by A\ntable t\n" + columns(1_500..<2_100, "int")
    #expect(try await codes(others, on: environment) == [wide])
    #expect(
      try await codes("Y 1.0 by B\nshell t\n" + columns(1_500..<2_100, "int"), on: environment) == [
        wide
      ]
    )
    #expect(
      try await codes("X 1.1 by A\ntable t\n" + columns(0..<10, "int"), on: environment) == []
    )
    let archive = try TestEnvironment.archive(
      "X 1.2 by A\ntable t\n" + columns(1_500..<2_100, "int")
    )
    let plan = try await environment.lifecycle.plan(.importing([archive], PlanOptions()))
    let told = try #require(plan.findings.first { $0.code == wide })
    #expect(told.because.contains("1490 of them lie in the trash"))
  }

  @Test("PF-420 a key is over one column at least, and at most 16")
  func keys() async throws {
    func package(_ count: Int) -> String {
      let names = (0..<count).map { "c\($0)" }
      return "X 1.0 by A\ntable t\n" + names.map { "column t.\($0)" }.joined(separator: "\n")
        + "\nkey t.k \(names.joined(separator: " "))"
    }
    let environment = try await TestEnvironment()
    #expect(try await codes(package(17), on: environment) == [KeyTooWide.kind.code])
    #expect(try await codes(package(0), on: environment) == [KeyWithoutColumns.kind.code])
    #expect(try await codes(package(16), on: environment) == [])
  }

  @Test("LY-450 a key takes 900 bytes, a table ten keys, and no key a secured column")
  func keyLimits() async throws {
    func told(_ text: String) async throws -> [String] {
      try await codes(text, on: try await TestEnvironment())
    }
    func texts(_ lengths: Int...) -> String {
      let names = lengths.indices.map { "c\($0)" }
      return "X 1.0 by A\ntable t\n"
        + zip(names, lengths).map { "column t.\($0) nvarchar \($1)" }.joined(separator: "\n")
        + "\nkey t.k \(names.joined(separator: " "))"
    }
    #expect(try await told(texts(450)) == [])
    #expect(try await told(texts(451)) == [KeyTooWide.kind.code])
    #expect(try await told(texts(Int.min, Int.max)) == [KeyTooWide.kind.code])
    #expect(try await told(texts(225, 226)) == [KeyTooWide.kind.code])
    func keys(_ count: Int) -> String {
      "X 1.0 by A\ntable t\n"
        + (0..<count).map { "column t.c\($0)\nkey t.k\($0) c\($0)" }.joined(separator: "\n")
    }
    #expect(try await told(keys(10)) == [])
    #expect(try await told(keys(11)) == [TooManyKeys.kind.code])
    let secured = """
      X 1.0 by A
      table t
      attribute t <attribute PhysicalName="c"><Type>nvarchar</Type><LogicalName>c</LogicalName><IsCustomizable>1</IsCustomizable><IsSecured>1</IsSecured></attribute>
      key t.k c
      """
    #expect(try await told(secured) == [KeyColumnUnfit.kind.code])
  }

  @Test(
    "A component's type is a text like any other",
    arguments: ["foo…bar", "a'b", "ab", "?1", "\"", "12a"]
  )
  func types(type: String) async throws {
    let environment = try await TestEnvironment()
    let word = type.replacing("\"", with: "&quot;")
    let text =
      "X 1.0 by A\ntable t\nmanifest <RootComponent type=\"\(word)\" schemaName=\"x\" behavior=\"0\"/>"
    let (alone, there) = (try offline(text), try await codes(text, on: environment))
    #expect(there == alone, "\(type)")
  }

  @Test("What a database says of a statement never begins with its name")
  func words() async throws {
    let environment = try await TestEnvironment()
    let error = await #expect(throws: SQLError.self) {
      try await environment.lifecycle.beneath.database.read {
        _ = try $0.rows("SELECT nothing FROM nowhere") { try $0.text(0) }
      }
    }
    #expect(error?.description.hasPrefix("the database: ") == true)
  }
}
