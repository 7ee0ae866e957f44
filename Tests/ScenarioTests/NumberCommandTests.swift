import EnvironmentSupport
import FoundationEssentials
import TestSupport
import Testing

/// Numbers of the command line and of files.
@Suite("Numbers from outside")
struct NumberCommandTests {
  private static let old = "Examples/FieldService_1_0_0_0_managed.zip"
  private static let new = "Examples/FieldService_2_0_0_0_managed.zip"

  private func strata(_ words: [String]) throws -> Program.Result {
    let program = try #require(Program.strata)
    return try #require(Program.run(program, words))
  }

  @Test(
    "A number of the command line that is out of its range is wrong usage, and told with the range",
    arguments: [
      ["rollback", "--", "-9223372036854775808"], ["rollback", "0"],
      ["trash", "purge", "--older-than", "9223372036854775807"],
      ["trash", "purge", "--older-than=-9223372036854775808"],
      ["trash", "purge", "9007199254740993"], ["trash", "restore", "9223372036854775807"],
      ["list", "--as-of=-1"], ["components", "X", "--as-of", "9223372036854775807"],
      ["layers", "Entity:x", "--as-of=-1"], ["history", "--limit=-1"],
      ["history", "9223372036854775808"], ["history", "1.5"],
      ["import", "x.zip", "--wait=-1"], ["rows", "t", "list", "--top=-1"],
    ]
  )
  func commandLine(words: [String]) throws {
    let result = try strata(words)
    #expect(result.status == 64, "\(result.errors)")
    #expect(
      result.errors.contains(/it is a whole number from -?\d+ to \d+/),
      "\(result.errors)"
    )
  }

  @Test(
    "A count of a file that is none is told with its field",
    arguments: ["-51", "9007199254740993", "9223372036854775808", "1.5", "1e300"]
  )
  func countsFile(number: String) throws {
    let file = TestFile()
    let counts =
      #"{"format":"strata.rows","formatVersion":1,"tables":{"fab_note":{"rows":1,"values":{"fab_x":\#(number)}}}}"#
    try Data(counts.utf8).write(to: URL(filePath: file.path))
    let result = try strata(["plan", Self.new, "--against", Self.old, "--rows", file.path])
    #expect(result.status == 1)
    #expect(
      result.errors.contains(
        "tables.fab_note.values.fab_x is no whole number from 0 to 9007199254740992"
      ),
      "\(result.errors)"
    )
  }

  @Test("What is more than can be told is told as that")
  func sums() throws {
    let (x, y, file) = (TestFile(), TestFile(), TestFile())
    try Data(PackageText("X 1.0 by A\ntable t\ntable u").archive()).write(to: URL(filePath: x.path))
    try Data(PackageText("X 1.1 by A\nresource new_/a.js x").archive())
      .write(to: URL(filePath: y.path))
    let most = 9_007_199_254_740_992
    let counts =
      #"{"format":"strata.rows","formatVersion":1,"tables":{"t":{"rows":\#(most)},"u":{"rows":1}}}"#
    try Data(counts.utf8).write(to: URL(filePath: file.path))
    let plan = ["plan", y.path, "--against", x.path, "--rows", file.path]
    let text = try strata(plan)
    #expect(text.status == 3)
    #expect(
      text.output.contains("Destroys 2 tables with more than 9,007,199,254,740,992 rows"),
      "\(text.output)"
    )
    let markdown = try strata(plan + ["--markdown", "-"])
    #expect(markdown.status == 3)
    #expect(try strata(plan + ["--html", "-"]).output.contains("more than 9,007,199,254,740,992"))
    #expect(try strata(plan + ["--json"]).output.contains("\"rowsLost\" : 9007199254740992"))
  }

  @Test("A saved plan with another number in any place is shown, refused or told, and ends nothing")
  func savedPlan() throws {
    let (x, y, environment, file) = (TestFile(), TestFile(), TestFile(), TestFile())
    try Data(PackageText("X 1.0 by A\ntable t\ncolumn t.a").archive())
      .write(to: URL(filePath: x.path))
    try Data(PackageText("X 1.1 by A\nresource new_/a.js x").archive())
      .write(to: URL(filePath: y.path))
    let env = ["--env", environment.path]
    #expect(try strata(["init"] + env).status == 0)
    #expect(try strata(["import", x.path] + env).status == 0)
    #expect(try strata(["plan", y.path, "--out", file.path] + env).status == 3)
    let saved = try Repository.text(file.path)
    let places = saved.matches(of: /" : (\d+)/).map {
      $0.output.1.startIndex..<$0.output.1.endIndex
    }
    #expect(places.count > 20)
    for (index, place) in places.enumerated() {
      for value in ["-1", "-9223372036854775808", "9223372036854775807", "9007199254740993"] {
        var changed = saved
        changed.replaceSubrange(place, with: value)
        try Data(changed.utf8).write(to: URL(filePath: file.path))
        let words = index % 2 == 0 ? ["show", file.path] : ["apply", file.path] + env
        let result = try strata(words)
        #expect(result.status < 64, "\(value) at \(saved[..<place.lowerBound].suffix(60))")
      }
    }
    let revision = saved.replacing("\"revision\" : 1", with: "\"revision\" : -9223372036854775808")
    try Data(revision.utf8).write(to: URL(filePath: file.path))
    let applied = try strata(["apply", file.path] + env)
    #expect(applied.status == 1)
    #expect(applied.errors.contains("base.revision is no whole number from 0"), "\(applied.errors)")
  }
}
