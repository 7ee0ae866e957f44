import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// State, status, defaults and numbers of rows, as the package says.
@Suite("New rows", .everyBackend)
struct NewRowTests {
  private static let (one, two) = (PackageText.guid("one"), PackageText.guid("two"))

  private static func choice(_ name: String, _ type: String, _ list: String, _ more: String = "")
    -> String
  {
    "<attribute PhysicalName=\"\(name)\"><Type>\(type)</Type><LogicalName>\(name)</LogicalName>\(more)"
      + "<IsCustomizable>1</IsCustomizable><optionset Name=\"t_\(name)\"><OptionSetType>\(type)</OptionSetType>"
      + "\(list)</optionset></attribute>"
  }

  private static func base(_ version: String = "1.0", withNumber: Bool = true) -> String {
    let states =
      "<states><state value=\"0\" defaultstatus=\"20\"/><state value=\"1\" defaultstatus=\"30\"/></states>"
    let statuses = [(10, 0), (20, 0), (30, 1), (40, 1)].map {
      "<status value=\"\($0)\" state=\"\($1)\"/>"
    }
    let options = "<options><option value=\"1\"/><option value=\"0\"/></options>"
    let number =
      "attribute t <attribute PhysicalName=\"no\"><Type>nvarchar</Type><LogicalName>no</LogicalName><IsCustomizable>1</IsCustomizable>"
      + "<MaxLength>20</MaxLength><AutoNumberFormat>R-{SEQNUM:5}</AutoNumberFormat></attribute>"
    return """
      X \(version) by A
      table t
      primary t.name
      column t.a nvarchar 10
      column t.to int
      attribute t \(choice("statecode", "state", states))
      attribute t \(choice("statuscode", "status", "<statuses>\(statuses.joined())</statuses>"))
      attribute t \(choice("urgent", "bit", options, "<AppDefaultValue>1</AppDefaultValue>"))
      attribute t \(choice("size", "picklist", "<options><option value=\"5\"/></options>", "<AppDefaultValue>5</AppDefaultValue>"))
      attribute t \(choice("none", "picklist", "<options><option value=\"5\"/></options>", "<AppDefaultValue>-1</AppDefaultValue>"))
      key t.k a
      \(withNumber ? number : "")
      """
  }

  private func text(_ environment: TestEnvironment) async throws -> String {
    try await environment.text("t", "a", "statecode", "statuscode", "urgent", "size", "none", "no")
  }

  @Test("PF-431 a status that is none of its state's begins no row")
  func strayDefault() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      Self.base().replacing("defaultstatus=\"20\"", with: "defaultstatus=\"99\"")
    )
    try await environment.write("a\n1", into: "t")
    #expect(try await environment.text("t", "a", "statecode", "statuscode") == "1|0|10")
  }

  @Test("PF-431 PF-424 PF-421 a new row gets what the package says, and keeps what it brings")
  func new() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.base())
    try await environment.write("a\n1\n2", into: "t")
    try await environment.write("a|statecode|urgent|size|no\n3|1||5|\n4|0|false||own", into: "t")
    try await environment.write("a|statuscode\n5|40\n6|", into: "t")
    #expect(
      try await text(environment) == """
        1|0|20|true|5||R-01000
        2|0|20|true|5||R-01001
        3|1|30||5||R-01002
        4|0|20|false|||own
        5|1|40|true|5||R-01003
        6|0|20|true|5||R-01004
        """
    )
    for (line, refusal) in [
      ("0|30", "line 2: statuscode 30 belongs to statecode 1, not 0"),
      ("|50", "line 2: statuscode: 50 is no option of statuscode"),
    ] {
      #expect(
        await environment.refusal("statecode|statuscode\n\(line)", into: "t").contains(refusal)
      )
    }
    #expect(try await environment.broken() == [])
  }

  @Test("PF-431 an upsert keeps a status that fits the new state, and numbers what is new alone")
  func upsert() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.base())
    try await environment.write("a|statuscode\n1|40\n2|10\n3|40\n4|10", into: "t")
    try await environment.write(
      "a|statecode\n1|1\n2|1\n3|\n5|1",
      into: "t",
      mode: .upsert(key: "k")
    )
    try await environment.write("a|statuscode|no\n4|30|\n6||", into: "t", mode: .upsert(key: "k"))
    #expect(
      try await environment.text("t", "a", "statecode", "statuscode", "no") == """
        1|1|40|R-01000
        2|1|30|R-01001
        3|1|40|R-01002
        4|1|30|R-01003
        5|1|30|R-01004
        6|0|20|R-01005
        """
    )
    #expect(
      await environment.refusal(
        "a|statecode|statuscode\n1|0|40",
        into: "t",
        mode: .upsert(key: "k")
      )
      .contains("belongs to statecode 1, not 0")
    )
  }

  @Test("PF-421 a sequence never goes back: not by a refusal, a rollback, or the trash")
  func sequence() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.base())
    try await environment.write("a\n1", into: "t")
    #expect(await environment.refusal("a\n2\n1", into: "t").contains("the same a"))
    try await environment.write("a\n2", into: "t")
    try await environment.import(Self.base("1.1", withNumber: false))
    try await environment.import(Self.base("1.2"))
    try await environment.write("a\n3", into: "t")
    try await environment.lifecycle.perform(.rollback(4), consent: .all)
    try await environment.write("a\n4", into: "t")
    let numbers = try await environment.text("t", "a", "no").split(separator: "\n")
    #expect(numbers.first == "1|R-01000")
    #expect(numbers.dropFirst().first == "2|R-01001")
    #expect(numbers.last == "4|R-01003")
    #expect(try await environment.broken() == [])
  }

  @Test("A migration into state or status brings the other along")
  func migration() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.base())
    try await environment.write("a|to|statuscode\n1|1|10\n2|1|40\n3|0|30", into: "t")
    _ = try await environment.lifecycle.migrateRows(
      "t",
      [RowMapping(target: "statecode", source: "to")],
      replaces: true
    )
    #expect(
      try await environment.text("t", "a", "statecode", "statuscode") == "1|1|30\n2|1|40\n3|0|20"
    )
    _ = try await environment.lifecycle.migrateRows(
      "t",
      [RowMapping(target: "statuscode", source: "to", values: ["1": "10", "0": "40"])],
      replaces: true
    )
    #expect(
      try await environment.text("t", "a", "statecode", "statuscode") == "1|0|10\n2|0|10\n3|1|40"
    )
    try await environment.lifecycle.perform(.rollback(3), consent: .all)
    #expect(
      try await environment.text("t", "a", "statecode", "statuscode") == "1|0|10\n2|1|40\n3|1|30"
    )
  }
}
