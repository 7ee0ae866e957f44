import Solutions
import TestSupport
import Testing

/// What rules say.
@Suite("Rules")
struct RuleTextTests {
  @Test("docs/rules.md is the list of rules")
  func documented() throws {
    var lines = [
      "# Rules", "",
      "Findings and reasons cite rules by id. Each has one sentence here, in our own words, and where it can be read in",
      "public. Ids are stable: `LC` life cycle, `LY` layers, `DP` dependencies, `PF` package format, `CK` what `strata check`",
      "says to authors, `E` and `C` messages and conflicts of the life cycle.",
      "`strata explain` prints the same. This page is made from the sources.", "",
      "| source | is |", "|---|---|",
    ]
    lines += RuleSource.all.map { "| \($0.names.joined(separator: ", ")) | \($0.title) |" }
    lines += ["", "| rule | says | source |", "|---|---|---|"]
    lines += RuleText.all.map {
      "| \($0.id) | \($0.says.replacing("|", with: "\\|")) | \($0.source) |"
    }
    try expectGolden(lines.joined(separator: "\n") + "\n", "../../docs/rules.md")
  }

  @Test("Every rule has one text, and every source is a known one")
  func complete() {
    #expect(Set(RuleText.all.map(\.id)).count == RuleText.all.count)
    for rule in RuleText.all {
      #expect(rule.sources.count == rule.source.split(separator: "; ").count, "\(rule.id)")
      #expect(rule.says.hasSuffix("."), "\(rule.id)")
    }
    let ids = Set(RuleText.all.map(\.id))
    for type in FindingKind.all {
      #expect(ids.contains(type.kind.rule.id), "\(type)")
      #expect(type.kind.says.hasSuffix("."), "\(type)")
    }
  }
}
