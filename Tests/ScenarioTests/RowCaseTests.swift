import EnvironmentSupport
import FoundationEssentials
import TestSupport
import Testing

/// An environment of a case, and the program at work in it.
struct RowCase {
  private let file = TestFile()
  let name: String

  /// - Parameter tree: what is imported first.
  init(_ name: String, _ tree: String = "v1") throws {
    self.name = name
    #expect(try strata("init").status == 0)
    try install(tree)
  }

  func install(_ tree: String) throws {
    let package = try package(tree)
    let imported = try strata("import", package.path, "--quiet")
    withExtendedLifetime(package) {}
    #expect(imported.status == 0, "\(imported.errors)")
  }

  func package(_ tree: String) throws -> TestFile {
    let package = TestFile()
    try Data(try Cases.zip("\(name)/\(tree)")).write(to: URL(filePath: package.path))
    return package
  }

  func strata(_ words: String...) throws -> Program.Result { try strata(words) }

  private func strata(_ words: [String]) throws -> Program.Result {
    let program = try #require(Program.strata)
    return try #require(Program.run(program, words + ["--env", file.path]))
  }

  /// - Returns: what is said, where it is refused.
  @discardableResult
  func load(_ csv: String, into table: String, _ options: String...) throws -> String {
    let words = ["rows", "import", table, Cases.path("\(name)/\(csv)")]
    let result = try strata(words + options)
    #expect(result.status == 0 || result.status == 4 || result.status == 1, "\(result.errors)")
    return result.status == 0 ? "" : result.errors
  }

  /// Lines of an export without its header, sorted.
  func rows(_ table: String, _ columns: String, where condition: String? = nil) throws -> [String] {
    let filter = condition.map { ["--where", $0] } ?? []
    let result = try strata(["rows", "export", table, "-", "--select", columns] + filter)
    #expect(result.status == 0, "\(result.errors)")
    return result.output.split(separator: "\n").dropFirst().map(String.init).sorted()
  }
}

/// Faults of rows, in the small packages and files that show them, as a user meets them.
@Suite(
  "Cases: values of rows",
  .enabled(if: Cases.arePresent, "the cases are not beside the checkout")
)
struct RowCaseTests {
  @Test("RW-21 RW-44 rows-values: valid values are taken, and others refused")
  func values() throws {
    let test = try RowCase("rows-values")
    func load(_ file: String) throws -> String { try test.load(file, into: "smp_thing") }
    #expect(try load("label.csv") == "")
    #expect(try test.rows("smp_thing", "smp_name,smp_year", where: "smp_year=2024") == ["x,3"])
    #expect(try load("header.csv") == "")
    #expect(try load("tags.csv") == "")
    #expect(
      try test.rows("smp_thing", "smp_tags,smp_name", where: "smp_name=y") == [",y"]
    )
    #expect(try load("old.csv").contains("“0x1p3” is no number"))
    #expect(try load("exponent.csv") == "")
    #expect(try load("exponent.jsonl") == "")
    #expect(try load("floats.csv") == "")
    let migrated = try test.strata("rows", "migrate", "smp_thing", "--set", "smp_exact=smp_real")
    #expect(migrated.status == 0, "\(migrated.errors)")
    #expect(
      try test.rows("smp_thing", "smp_exact", where: "smp_exact!=")
        == ["0.00001", "0.00001", "0.00001", "2.5"]
    )
    #expect(try load("formula.csv") == "")
    #expect(
      try test.rows("smp_thing", "smp_name,smp_code", where: "smp_code=+1")
        == [#""=HYPERLINK(""http://x.example"",""y"")",+1"#]
    )
  }

  @Test("RW-40 rows-upsert: each line is told, and keys are told apart")
  func upsert() throws {
    let test = try RowCase("rows-upsert")
    let items = try test.load("items.csv", into: "smp_item", "--upsert")
    #expect(items.contains("5 rows cannot be written"))
    for line in 2...6 { #expect(items.contains("line \(line): smp_groupid: there is no row")) }
    let same = try test.load("same.csv", into: "smp_group", "--key", "smp_bycode")
    #expect(same.contains("line 3: K1 stands in line 2, too"))
    for _ in 1...2 {
      let empty = try test.load("empty.csv", into: "smp_group", "--key", "smp_bycode")
      #expect(empty.contains("line 2: smp_code is empty, so no row can be found by it"))
    }
  }

  @Test("RW-10 rows-states: what nobody says follows from the package")
  func states() throws {
    let test = try RowCase("rows-states")
    for file in ["new.csv", "states.csv", "status.csv"] {
      #expect(try test.load(file, into: "smp_request") == "")
    }
    #expect(
      try test.load("pairs.csv", into: "smp_request")
        .contains("line 2: statuscode 30 (Closed) belongs to statecode 1, not 0")
    )
    let columns = "statecode,statuscode,smp_urgent,smp_size"
    #expect(
      try test.rows("smp_request", columns) == [
        "0,20,true,100000001", "1,30,true,100000001", "1,40,true,100000001",
      ]
    )
    let numbers = try test.rows("smp_request", "smp_number")
    #expect(numbers.count == 3)
    for (number, begin) in zip(numbers, ["REQ-01000-", "REQ-01001-", "REQ-01002-"]) {
      #expect(number.hasPrefix(begin))
      #expect(number.wholeMatch(of: #/REQ-[0-9]{5}-[A-Z0-9]{4}-[0-9]{8}/#) != nil, "\(number)")
    }
  }
}

extension RowCaseTests {
  @Test("RW-11 rows-collation: texts compare and are kept apart as on the platform")
  func collation() throws {
    let test = try RowCase("rows-collation")
    #expect(try test.load("rows.csv", into: "smp_thing") == "")
    for filter in ["smp_code=CAFE", "smp_code~CAF%", "smp_code~CAFÉ"] {
      #expect(try test.rows("smp_thing", "smp_name", where: filter) == ["one", "three", "two"])
    }
    let package = try test.package("v2")
    let plan = try test.strata("plan", package.path)
    #expect(plan.output.contains("3 rows are equal in smp_code"), "\(plan.output)")
    try test.install("v2")
    let keys = try test.strata("rows", "keys", "smp_thing")
    #expect(keys.output.contains("rows have equal values in smp_code"), "\(keys.output)")
  }

  @Test("RW-12 rows-dates: moments that became days are found by their day")
  func dates() throws {
    let test = try RowCase("rows-dates")
    #expect(try test.load("rows.csv", into: "smp_thing") == "")
    let package = try test.package("v2")
    let plan = try test.strata("plan", package.path)
    #expect(plan.output.contains("4 values hold a time of day"), "\(plan.output)")
    #expect(plan.output.contains("3 of them are not midnight"), "\(plan.output)")
    try test.install("v2")
    let day = ["late", "morning", "noon"]
    for (filter, names) in [
      ("smp_when=2026-01-31", day), ("smp_when<=2026-01-31", day),
      ("smp_when>2026-01-31", ["next"]),
      ("smp_when=2026-01-31T12:00:00Z", day),
    ] {
      #expect(try test.rows("smp_thing", "smp_name", where: filter) == names, "\(filter)")
    }
  }
}
