import EnvironmentSupport
import Foundation
import TestSupport
import Testing

/// What authors are told on the command line.
@Suite("strata check")
struct CheckCommandTests {
  private static let packages = [
    "clean.zip": "Clean 1.0 by pub\ntable new_t\ncolumn new_t.new_a",
    "note.zip": "Note 1.0 by pub\nchoice new_c 1",
    "warning.zip": "Warning 1.0 by pub\ntable abc_t",
    "error.zip":
      "Wrong 1.0 by pub\nresource new_/a.js k='AccountKey=\(String(repeating: "aB3+", count: 20))'",
    "user.zip": "User 1.0 by pub\ntable new_u\nview v new_u new_b",
    "base.zip": "Base 1.0 by pub\nshell new_u\ncolumn new_u.new_b\ntable new_w",
  ]

  @Test("The exit status is the worst finding's, from what --fail-on says")
  func status() throws {
    let workshop = try Workshop(Self.packages)
    func status(_ words: String) throws -> Int32 {
      try workshop("strata check \(words) --quiet").status
    }
    #expect(try status("clean.zip") == 0 && status("note.zip") == 0)
    #expect(try status("warning.zip") == 2 && status("error.zip") == 4)
    #expect(try status("warning.zip error.zip note.zip") == 4)
    #expect(try status("note.zip --fail-on info") == 2)
    #expect(try status("warning.zip --fail-on error") == 0)
    #expect(try status("error.zip --fail-on error") == 4)
    #expect(try status("error.zip --fail-on never") == 0)
    #expect(try status("nowhere.zip") == 1 && status("clean.zip --fail-on x") == 64)
    #expect(try status("") == 64)
  }

  @Test("What one package needs another brings")
  func together() throws {
    let workshop = try Workshop(Self.packages)
    #expect(try workshop("strata check user.zip").output.contains("Attribute new_u.new_b"))
    #expect(try workshop("strata check base.zip user.zip").status == 0)
  }

  @Test("No secret is printed, in no form")
  func secrets() throws {
    let workshop = try Workshop(Self.packages)
    for form in ["", "--json", "--sarif -"] {
      let result = try workshop("strata check error.zip \(form)")
      #expect(result.status == 4 && result.output.contains("storage account"))
      #expect(!result.output.contains("aB3+"))
    }
  }

  @Test("Suppressions are read here or where it is said, each with a reason; unused ones are said")
  func suppressions() throws {
    let workshop = try Workshop(Self.packages)
    let file = """
      suppressions:
        - rule: CK-201
          subject: Entity:abc_*
          reason: goes with 2.0
        - rule: strata.unused-choice
          solution: Nobody
          reason: never
      """
    try workshop.write(file, "mine.yml")
    #expect(try workshop("strata check warning.zip").status == 2)
    let given = try workshop("strata check warning.zip --suppressions mine.yml")
    #expect(given.status == 0)
    #expect(given.output.contains("1 finding: goes with 2.0"))
    #expect(given.output.contains("strata.unused-choice in line 5 covers nothing"))
    #expect(try workshop("mv mine.yml .strata-check.yml; strata check warning.zip").status == 0)
    let json = try workshop("strata check warning.zip --json").output
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8))
    let object = try #require(value as? [String: Any])
    #expect((object["unusedSuppressions"] as? [[String: Any]])?.count == 1)
    #expect((object["summary"] as? [String: Int])?["suppressed"] == 1)
    #expect(object["exitStatus"] as? Int == 0)
  }

  @Test(
    "A wrong file of suppressions is an error with its line",
    arguments: [
      ("suppressions:\n  - rule: CK-201\n", "mine.yml:2: it gives no reason for CK-201"),
      ("suppressions:\n  - reason: x\n", "mine.yml:2: it names no rule"),
      ("suppressions:\n  - rule: CK-9\n    reason: x\n", "CK-9 is no rule"),
      ("suppressions:\n  - rule: CK-201\n    because: x\n", "mine.yml:3: “because” is none of"),
      ("suppressions:\n  - rule: [a]\n    reason: x\n", "“rule” has to be a text"),
      ("suppressions: x\n", "has to be a list"), ("- x\n", "has to begin with"),
      ("suppressions:\n  - {\n", "it is no YAML"), ("others: []\n", "“others” is none of"),
    ]
  )
  func wrong(text: String, message: String) throws {
    let workshop = try Workshop(Self.packages)
    try workshop.write(text, "mine.yml")
    let result = try workshop("strata check clean.zip --suppressions mine.yml")
    #expect(result.status == 1 && result.errors.contains(message), "\(result.errors)")
  }

  @Test(
    "An empty file of suppressions suppresses nothing, a missing one is an error where it was named"
  )
  func empty() throws {
    let workshop = try Workshop(Self.packages)
    try workshop.write("# nothing yet\n", "mine.yml")
    #expect(try workshop("strata check clean.zip --suppressions mine.yml").status == 0)
    #expect(try workshop("strata check clean.zip --suppressions nowhere.yml").status == 1)
  }

  @Test("In a folder findings stand where its files have them")
  func folder() throws {
    let workshop = try Workshop(Self.packages)
    try workshop("mkdir dir; strata unpack warning.zip dir/src; strata unpack error.zip dir/other")
    let result = try workshop("strata check dir/src dir/other --sarif f.sarif")
    #expect(result.status == 4 && result.output.contains("Entities/"))
    let log = try JSONSerialization.jsonObject(with: Data(try workshop.text("f.sarif").utf8))
    let run = try #require(((log as? [String: Any])?["runs"] as? [[String: Any]])?.first)
    let artifacts = try #require(run["artifacts"] as? [[String: Any]])
    #expect(artifacts.allSatisfy { $0["parentIndex"] == nil })
    for artifact in artifacts {
      let uri = (artifact["location"] as? [String: Any])?["uri"] as? String ?? ""
      #expect(try workshop("test -e '\(uri)'").status == 0, "\(uri)")
    }
    #expect(artifacts.count > 3)
  }

  @Test("--sarif takes the place of no package, and is written beside what is printed")
  func sarif() throws {
    let workshop = try Workshop(Self.packages)
    #expect(try workshop("strata check warning.zip --sarif warning.zip").status == 1)
    let result = try workshop("strata check warning.zip --sarif f.sarif")
    #expect(result.status == 2 && result.output.contains("strata.foreign-prefix"))
    let log = try JSONSerialization.jsonObject(with: Data(try workshop.text("f.sarif").utf8))
    #expect((log as? [String: Any])?["version"] as? String == "2.1.0")
    #expect(try workshop("strata check warning.zip --json --sarif -").status == 64)
  }
}
