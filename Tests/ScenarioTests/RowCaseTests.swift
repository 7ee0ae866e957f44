import EnvironmentSupport
import FoundationEssentials
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

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

  func strata(_ words: [String]) throws -> Program.Result {
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

extension RowCaseTests {
  private func zipped(_ test: RowCase) throws -> String {
    let folder = TestEnvironment.newPath()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let maker = Cases.path("\(test.name)/make.py")
    let made = try #require(Program.run("python3", ["-I", maker, folder]))
    #expect(made.status == 0, "\(made.errors)")
    return folder
  }

  @Test(
    "RW-50 rows-migration-data: rows of a real environment come in as one operation, or not at all"
  )
  func migrationData() throws {
    let test = try RowCase("rows-migration-data")
    let folder = try zipped(test)
    defer { _ = Program.run("/bin/rm", ["-rf", folder]) }
    let refused = try test.strata("rows", "import", "\(folder)/data.zip")
    #expect(refused.status == 4)
    for line in [
      "smp_item.ownerid: 1 row of team not here", "smp_group.ownerid: 1 row of systemuser not here",
      "smp_item.smp_currencyid: 1 row of transactioncurrency not here",
      "column smp_item.smp_gone is not here (1 value)", "--map-user NAME", "--map-currency CODE",
      "--skip-unknown",
    ] {
      #expect(refused.errors.contains(line), "\(line): \(refused.errors)")
    }
    let options = ["--map-user", "SYSTEM", "--map-currency", "XXX", "--skip-unknown"]
    func load(_ file: String) throws -> Program.Result {
      try test.strata(["rows", "import", "\(folder)/\(file)"] + options)
    }
    let broken = try load("broken.zip")
    #expect(broken.status == 4)
    #expect(
      broken.errors.contains(
        "smp_group 00000000-0000-0000-0000-000000000011: smp_leadid: there is no row"
      ),
      "\(broken.errors)"
    )
    #expect(try test.rows("smp_tag", "smp_name") == [])
    let done = try load("data.zip")
    #expect(done.status == 0, "\(done.errors)")
    for line in [
      "smp_group  1 new", "smp_item  2 new", "smp_tag  2 new", "smp_item_tag (pairs)  2 new",
      "left out: column smp_item.smp_gone, not here (1 value)",
    ] {
      #expect(done.output.contains(line), "\(line): \(done.output)")
    }
    let columns =
      "smp_itemid,smp_name,smp_groupid,smp_parentid,smp_count,smp_exact,smp_real,smp_done,smp_size,"
      + "smp_colors,smp_when,smp_day,smp_note,smp_doc,smp_doc:name,statecode,statuscode"
    let expected = try Repository.text(Cases.path("rows-migration-data/expected.csv"))
      .split(separator: "\n").dropFirst().map(String.init).sorted()
    #expect(try test.rows("smp_item", columns) == expected)
    #expect(try test.rows("smp_item", "createdon").contains("2020-05-06T07:08:09Z"))
    #expect(
      try test.rows("smp_group", "smp_leadid") == ["00000000-0000-0000-0000-000000000021"]
    )
    let again = try load("data.zip")
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("smp_item  0 new, 2 equal"), "\(again.output)")
    #expect(again.output.contains("Nothing changed."), "\(again.output)")
    let tables = ["--tables", "smp_group,smp_item,smp_tag"]
    let written = try test.strata(
      ["rows", "export", "--migration", "\(folder)/out.zip"] + tables
    )
    #expect(written.status == 0, "\(written.errors)")
    let fresh = try RowCase("rows-migration-data")
    let read = try fresh.strata("rows", "import", "\(folder)/out.zip")
    #expect(read.status == 0, "\(read.errors)")
    #expect(try fresh.rows("smp_item", columns) == expected)
  }
}

/// Row files as spreadsheets and other programs write them.
@Suite("Row files")
struct RowFileTests {
  private let file = TestFile()
  private let environment = TestFile()

  private func strata(_ words: [String]) throws -> Program.Result {
    let program = try #require(Program.strata)
    return try #require(Program.run(program, words + ["--env", environment.path]))
  }

  /// An import into a table with a text `a`, displayed as “Label”, and a number `n`.
  private func load(_ bytes: [UInt8], _ options: String..., as suffix: String = "") throws -> String
  {
    let package = TestFile()
    let text = "X 1.0 by A\ntable t\ncolumn t.a nvarchar 60 Label\ncolumn t.n int"
    try Data(PackageText(text).archive()).write(to: URL(filePath: package.path))
    #expect(try strata(["init"]).status == 0)
    #expect(try strata(["import", package.path, "--quiet"]).status == 0)
    let path = file.path + suffix
    try Data(bytes).write(to: URL(filePath: path))
    defer { if !suffix.isEmpty { unlink(path) } }
    let loaded = try strata(["rows", "import", "t", path] + options)
    guard loaded.status == 0 else { return loaded.errors }
    let words = ["rows", "export", "t", "-", "--select", "a,n", "--order", "a"]
    return try strata(words).output
  }

  private func wide(_ text: String, isLittle: Bool) -> [UInt8] {
    ([0xFEFF] + Array(text.utf16)).flatMap { unit -> [UInt8] in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return isLittle ? [low, high] : [high, low]
    }
  }

  @Test("RW-57 UTF-16 with a mark is read, tab and sep= separate", arguments: [true, false])
  func wide(isLittle: Bool) throws {
    let text = wide("a\tn\r\nCafé 🐢\t1\r\n", isLittle: isLittle)
    #expect(try load(text, "--delimiter", "tab") == "a,n\nCafé 🐢,1\n")
  }

  @Test("RW-57 what is no text, or another encoding, says the way out")
  func others() throws {
    #expect(try load(Array("PK\u{3}\u{4}rest".utf8)).contains("write each sheet as CSV in UTF-8"))
  }

  @Test("RW-57 Latin-1 names iconv, half a character is refused")
  func encodings() throws {
    #expect(try load([0x61, 0x0A, 0x43, 0xE9, 0x0A]).contains("iconv -f WINDOWS-1252 -t UTF-8"))
  }

  @Test("RW-57 half a character of UTF-16 is refused")
  func half() throws {
    #expect(try load([0xFF, 0xFE, 0x61]).contains("the text is not UTF-16"))
  }

  @Test(
    "RW-57 a first line that says the separator is honoured, and columns go by what they are displayed as"
  )
  func separator() throws {
    #expect(try load(Array("sep=;\nLabel;N\nx,y;2\n".utf8)) == "a,n\n\"x,y\",2\n")
  }

  @Test("RW-05 a number is taken as it is spelled, and what a line does not say is no value")
  func lines() throws {
    let digits = String(repeating: "1234567890", count: 5)
    let text = "{\"a\":\(digits),\"n\":1e2}\n{\"a\":0.10}\n"
    #expect(try load(Array(text.utf8), as: ".jsonl") == "a,n\n0.10,\n\(digits),100\n")
  }

  @Test(
    "RW-05 a field that stands twice, is new or holds others is refused with its line",
    arguments: [
      ("{\"a\":\"x\",\"a\":\"y\"}", ":1:"), ("{\"a\":\"x\"}\n{\"n\":1}", ":2: the field n is not"),
      ("{\"a\":[1]}", "neither text, number"),
    ]
  )
  func refused(text: String, expected: String) throws {
    #expect(try load(Array(text.utf8), as: ".jsonl").contains(expected))
  }
}
