import TestSupport
import Testing

/// What people read is plain: words that a native reader stumbles over are in no document, finding or help.
@Suite("Tidy words")
struct WordTests {
  private static let avoided = [
    "tell", "tells", "told", "tale", "spelled", "anew", "doomed", "judge", "judges", "judged",
    "have a say", "has a say", "way back", "way out", "ways out", "nobody has", "for the night",
    "what it was made of",
  ]

  /// Decisions and contributors' papers are the authors' own.
  private static let documents =
    Repository.files(below: "docs")
    .filter { $0.hasSuffix(".md") && !$0.contains("/") }.map { "docs/\($0)" } + ["README.md"]

  private static let golden = Repository.files(below: "Tests/Golden")
    .filter { $0.hasPrefix("help") || $0 == "findings.txt" }.map { "Tests/Golden/\($0)" }

  @Test("Documents, findings and help use plain words", arguments: documents + golden)
  func plain(file: String) throws {
    try expectPlain(try Repository.text(file), file)
  }

  @Test("The help of every command uses plain words")
  func help() throws {
    let program = try #require(Program.strata)
    let result = try #require(Program.run(program, ["--experimental-dump-help"]))
    #expect(result.output.contains("commandName"))
    try expectPlain(result.output, "help")
  }

  private func expectPlain(_ text: String, _ file: String) throws {
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let words = " " + String(line.lowercased().map { $0.isLetter ? $0 : " " }) + " "
      for word in Self.avoided where words.contains(" \(word) ") {
        Issue.record("\(file):\(number + 1): “\(word)” in \(line.prefix(200))")
      }
    }
  }
}
