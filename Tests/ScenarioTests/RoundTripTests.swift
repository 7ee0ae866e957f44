import EnvironmentSupport
import FoundationEssentials
import TestSupport
import Testing

/// Every kind of column, out of one environment and into another.
@Suite("Round trips")
struct RoundTripTests {
  static let package = """
    X 1.0 by A
    table t
    primary t.name
    column t.memo ntext 2000
    column t.whole int
    column t.big bigint
    column t.exact decimal
    column t.float float
    column t.cash money
    column t.yes bit
    column t.choice picklist 1 2 3
    column t.choices multiselectpicklist 1 2 3
    column t.on datetime
    column t.guid uniqueidentifier
    column t.up lookup
    column t.who owner
    column t.customer customer
    column t.file file
    column t.picture image
    relationship up_t t.up -> t
    """

  static let rows = """
    tid,name,memo,whole,big,exact,float,cash,yes,choice,choices,on,guid,up,who,who:type,file,file:name,picture
    ID1,"a ""quoted"", 🐢","two
    lines",-5,9007199254740993,12345678901.0000000001,0.1,19.9900,yes,2,3;1,2026-01-31T10:00+02:00,ID9,ID2,USER,systemuser,aGVsbG8=,hello.txt,AAEC
    ID2,,,,,,1e300,,,,,,,,,,,,
    """

  @Test(
    "What is exported, as CSV or JSON lines, is what is imported again",
    arguments: ["csv", "jsonl"]
  )
  func roundTrip(format: String) throws {
    let program = try #require(Program.strata)
    let folder = TestEnvironment.newPath()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { _ = Program.run("/bin/rm", ["-rf", folder]) }
    func strata(_ arguments: String...) throws -> String {
      let result = try #require(Program.run(program, arguments))
      #expect(result.status == 0, "\(arguments): \(result.errors)")
      return result.output
    }
    func write(_ text: some Sequence<UInt8>, _ name: String) throws {
      try Data(text).write(to: URL(filePath: "\(folder)/\(name)"))
    }
    try write(PackageText(Self.package).archive(), "x.zip")
    let environments = ["\(folder)/one", "\(folder)/two"]
    for environment in environments {
      _ = try strata("init", "--env", environment)
      _ = try strata("import", "\(folder)/x.zip", "--env", environment, "--quiet")
    }
    let users = try strata(
      "rows",
      "systemuser",
      "export",
      "-",
      "--select",
      "systemuserid",
      "--env",
      environments[0]
    )
    let user = users.split(separator: "\n").last.map(String.init) ?? ""
    var rows = Self.rows.replacing("USER", with: user)
    for number in [1, 2, 9] {
      rows = rows.replacing("ID\(number)", with: PackageText.guid("row\(number)"))
    }
    try write(rows.utf8, "rows.csv")
    _ = try strata("rows", "t", "import", "\(folder)/rows.csv", "--env", environments[0])
    let first = "\(folder)/first.\(format)"
    _ = try strata("rows", "t", "export", first, "--env", environments[0])
    // The other environment's owner is another row.
    let foreign = try Repository.text(first)
    let others = try strata(
      "rows",
      "systemuser",
      "export",
      "-",
      "--select",
      "systemuserid",
      "--env",
      environments[1]
    )
    let other = others.split(separator: "\n").last.map(String.init) ?? ""
    try write(foreign.replacing(user, with: other).utf8, "second.\(format)")
    _ = try strata("rows", "t", "import", "\(folder)/second.\(format)", "--env", environments[1])
    _ = try strata("rows", "t", "export", "\(folder)/third.\(format)", "--env", environments[1])
    let back = try Repository.text("\(folder)/third.\(format)").replacing(other, with: user)
    #expect(back == foreign)
    if format == "csv" {
      #expect(foreign.contains("9007199254740993"))
      #expect(foreign.contains("12345678901.0000000001"))
      #expect(foreign.contains("2026-01-31T08:00:00Z"))
      #expect(foreign.contains("\"a \"\"quoted\"\", 🐢\""))
    }
  }
}
