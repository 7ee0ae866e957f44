import TestSupport
import Testing

/// What comes from outside is text by type (docs/decisions/080).
@Suite("Tidy text")
struct TextTidyTests {
  private static let sources = Repository.files(below: "Sources").filter { $0.hasSuffix(".swift") }

  /// Where a text that is no literal is said to be ours: it is made of prose there, or of Markdown.
  private static let makers: Set<String> = [
    "Solutions/Text/Prose.swift", "Reading/Names.swift", "strata/Reports/TextStyle.swift",
    "strata/Reports/TextWrap.swift",
    "strata/Outputs/PlanOutput.swift",
  ]

  @Test("Only who cuts, colors or joins prose says that a text is ours", arguments: sources)
  func prose(file: String) throws {
    let text = try Repository.text("Sources/\(file)")
    #expect(!text.contains(".ours(") || Self.makers.contains(file), "\(file)")
    #expect(!text.contains("Prose(stringLiteral:"), "\(file)")
    #expect(!text.contains("Markdown(stringLiteral:"), "\(file)")
  }

  @Test(
    "An error that reaches people has prose: none of the faces describes itself",
    arguments: sources
  )
  func errors(file: String) throws {
    guard file.hasPrefix("strata/") else { return }
    let text = try Repository.text("Sources/\(file)")
    #expect(!text.contains("Error, CustomStringConvertible"), "\(file)")
  }

  @Test("Foreign text of the HTML report stands in bdi")
  func html() throws {
    let file = try Repository.text("Sources/Faces/PlanHTMLTemplate.swift")
    // Words and numbers of ours, and anchors, in which nothing foreign but letters is left.
    let ours: Set<Substring> = [
      "kind", "status", "severity", "title", "count", "action", "sign", "provenance", "words",
      "formatVersion", "revision", "id", "anchor", "impact", "tone", "times", "more", "group",
      "value",
    ]
    // The title of a page is text alone.
    let body = file.replacing("<title>{{title}}</title>", with: "")
    for match in body.matches(of: /\{\{([a-zA-Z.]+)\}\}/) {
      let before = body[..<match.range.lowerBound]
      // An address in an attribute is read by no one.
      let isInside = before.hasSuffix("<bdi>") || before.hasSuffix("=\"")
      #expect(isInside || ours.contains(match.output.1), "\(match.output.0)")
    }
  }
}
