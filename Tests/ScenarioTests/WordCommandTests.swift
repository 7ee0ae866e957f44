import EnvironmentSupport
import Foundation
import TestSupport
import Testing

/// Commands that answer with words: what something means, what it is called.
@Suite("Words: explain, find, addresses, completion")
struct WordCommandTests {
  private static let package = "\(Repository.root)/Examples/FieldService_1_0_0_0_managed.zip"

  private func strata(_ words: String...) throws -> Program.Result {
    let program = try #require(Program.strata)
    return try #require(Program.run(program, words))
  }

  private struct Explained: Decodable {
    struct Word: Decodable {
      let word: String
      let says: String
      let example: String
      let look: String
    }
    struct Finding: Decodable { let code: String }
    struct Rule: Decodable { let id: String }
    let words: [Word]
    let findings: [Finding]
    let rules: [Rule]
  }

  private func explained(_ words: String...) throws -> Explained {
    let program = try #require(Program.strata)
    let result = try #require(Program.run(program, ["explain"] + words + ["--json"]))
    #expect(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(Explained.self, from: Data(result.output.utf8))
  }

  @Test("docs/glossary.md is what `explain` knows of words")
  func glossary() throws {
    var lines = [
      "# Glossary", "",
      "The words of plans and documents. `strata explain WORD` prints the same. This page is made from the sources.",
      "",
      "| word | means | for example | look |", "|---|---|---|---|",
    ]
    for word in try explained().words {
      lines.append("| **\(word.word)** | \(word.says) | \(word.example) | `\(word.look)` |")
    }
    try expectGolden(lines.joined(separator: "\n") + "\n", "../../docs/glossary.md")
  }

  @Test("A code brings its rule, a rule the codes that cite it; case has no meaning")
  func topics() throws {
    let code = try explained("0x8004f01f")
    #expect(Set(code.findings.map(\.code)) == ["0x8004F01F"])
    #expect(!code.rules.isEmpty)
    let rule = try explained("ly-311")
    #expect(rule.rules.map(\.id) == ["LY-311"] && rule.findings.isEmpty)
    let text = try strata("explain", "LC-210").output
    #expect(text.contains("0x80048541") && text.contains("error-codes"))
    #expect(try explained("Apply", "Upgrade").words.map(\.word) == ["apply upgrade"])
  }

  @Test("What is no topic is an error with the nearest ones")
  func unknown() throws {
    let result = try strata("explain", "LY-310x")
    #expect(result.status == 1)
    #expect(result.errors.contains("did you mean LY-310"))
    #expect(try strata("explain", "xyzzy").errors.contains("strata explain lists them all"))
  }

  @Test("A text is found in names and labels; nothing found is 1")
  func find() throws {
    let found = try strata("find", "priority", "--against", Self.package)
    #expect(found.status == 0)
    #expect(
      found.output.contains("Attribute:fab_workorder.fab_priority  “Priority”  of Work Order")
    )
    let forms = try strata("find", "work", "--kind", "form", "--against", Self.package, "--json")
    #expect(forms.output.contains("\"kind\" : \"SystemForm\""))
    #expect(!forms.output.contains("\"kind\" : \"Attribute\""))
    #expect(try strata("find", "xyzzy", "--against", Self.package).status == 1)
    let kind = try strata("find", "x", "--kind", "Colunm", "--against", Self.package)
    #expect(kind.status == 64 && kind.errors.contains("did you mean Column?"))
  }

  @Test(
    "A component is named by address, spoken kind, name or display name, on packages and environments",
    arguments: [
      ("Attribute:fab_workorder.fab_priority", 0), ("column:fab_workorder.fab_priority", 0),
      ("fab_workorder.fab_priority", 0), ("fab_legacynote", 0), ("Column:Priority", 0),
      ("Work Order", 64), ("Table:Work Order", 0), ("nothing of it", 1),
    ]
  )
  func addresses(text: String, status: Int32) throws {
    let workshop = try Workshop()
    try workshop("strata init --env e --quiet; strata import '\(Self.package)' --env e --quiet")
    let onPackages = try strata("layers", text, "--against", Self.package)
    let onEnvironment = try workshop("strata layers '\(text)' --env e")
    for result in [onPackages, onEnvironment] {
      #expect(result.status == status, "\(result)")
      if status == 64 {
        #expect(result.errors.contains("Entity:fab_workorder"), "\(result.errors)")
      }
    }
  }

  @Test("What destroys takes addresses only")
  func exact() throws {
    let workshop = try Workshop(["a.zip": "X 1.0 by A unmanaged\ntable t\ncolumn t.c nvarchar 100"])
    try workshop("strata init --env e --quiet; strata import a.zip --env e --quiet")
    let result = try workshop("strata customize remove t.c --env e --allow-destroy all")
    #expect(result.status == 1 && result.errors.contains("did you mean Attribute:t.c?"))
  }

  @Test("Each shell gets a script, and bash completes commands with it")
  func completion() throws {
    for shell in ["bash", "zsh", "fish"] {
      let result = try strata("completion", shell)
      #expect(result.status == 0 && result.output.contains("show-solution"))
    }
    let workshop = try Workshop()
    let done = try workshop(
      """
      strata completion bash > c.bash; . ./c.bash
      COMP_WORDS=(strata upg); COMP_CWORD=1; COMP_LINE='strata upg'; COMP_POINT=10
      _strata strata upg strata 2> /dev/null; echo "${COMPREPLY[@]}"
      """
    )
    #expect(done.output.split(separator: "\n").last == "upgrade", "\(done)")
  }

  @Test("The version says what can be read")
  func version() throws {
    let result = try strata("version")
    #expect(result.output.hasPrefix("strata 0.1.0"))
    #expect(result.output.contains("environments up to schema"))
    #expect(try strata("version", "--json").output.contains("\"format\" : \"strata.version\""))
  }
}
