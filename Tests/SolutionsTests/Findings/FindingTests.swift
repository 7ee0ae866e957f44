import TestSupport
import Testing

@testable import Solutions

@Suite("Findings")
struct FindingTests {
  private static let folder = "Sources/Solutions/Findings"

  @Test("Each finding has a sample, and says what is recorded")
  func samples() throws {
    let told = Set(Sample.all.map { String(describing: type(of: $0)) })
    let all = FindingKind.all.map { String(describing: $0) }
    #expect(told == Set(all))
    let lines = Sample.all.flatMap { content -> [String] in
      let finding = Finding(content)
      let name = String(describing: type(of: content))
      return [
        "\(name): \(finding.severity) \(finding.code) \(finding.rule.id) \(finding.rule.provenance)",
        "  \(finding.subject): \(finding.message)",
      ]
        + finding.because.map { "  because \($0)" }
        + [finding.remedies.sentence().map { "  → \($0)" }].compactMap { $0 }
        + finding.questions.map { "  ? \($0)" }
    }
    try expectGolden(lines.joined(separator: "\n") + "\n", "findings.txt")
  }

  @Test("Each finding has a file of its name and one line in the list, by name")
  func files() throws {
    let files = Repository.files(below: Self.folder).filter { !$0.contains("/") }
      .map { String($0.dropLast(".swift".count)) }
    #expect(FindingKind.all.map { String(describing: $0) } == files.sorted())
    for file in files {
      let text = try Repository.text("\(Self.folder)/\(file).swift")
      #expect(text.contains("struct \(file): "), "\(file)")
    }
  }

  @Test("docs/findings.md is the list of findings")
  func documented() throws {
    var lines = [
      "# Findings", "",
      "Everything that Strata reports about packages and plans. An error refuses the plan; a warning and a piece of",
      "information do not. Codes are stable: the platform's own where it has one. Some findings are stricter or milder",
      "than their line says, where the facts decide. This page is made from the sources.", "",
      "| finding | code | severity | rule | says |", "|---|---|---|---|---|",
    ]
    for type in FindingKind.all {
      let (name, kind) = (String(describing: type), type.kind)
      let says = kind.says.replacing("|", with: "\\|")
      lines.append(
        "| \(name) | `\(kind.code)` | \(kind.severity.word) | \(kind.rule.id) | \(says) |"
      )
    }
    try expectGolden(lines.joined(separator: "\n") + "\n", "../../docs/findings.md")
  }

  @Test("Findings are equal by content and place")
  func equality() {
    let finding = Finding(NoActiveLayer(component: Sample.view))
    #expect(finding == Finding(NoActiveLayer(component: Sample.view)))
    #expect(finding != Finding(NoActiveLayer(component: Sample.form)))
    #expect(finding != Finding(ConvertedToManaged(component: Sample.view)))
    #expect(
      finding
        != Finding(NoActiveLayer(component: Sample.view), at: Location(file: "f", line: 1))
    )
  }

  @Test("What rows say makes a warning milder only when it concerns none of them")
  func answers() {
    let content = OptionsLost(
      component: Sample.column,
      options: [
        OptionsLost.Option(value: "1", label: ""), OptionsLost.Option(value: "2", label: ""),
      ]
    )
    let (one, two) = (content.questions[0], content.questions[1])
    #expect(content.answered([one: 0]) == content)
    #expect(content.answered([:]).severity == .warning)
    #expect(content.answered([one: 0, two: 3]).severity == .warning)
    #expect(content.answered([one: 0, two: 0]).severity == .info)
  }

  @Test("Ways to go on are joined by commas, or by semicolons where one has a comma")
  func remedies() {
    #expect([Remedy]().sentence() == nil)
    #expect([Remedy.raiseVersion].sentence() == "raise the version")
    #expect(
      [.raiseVersion, .importAsUpdate].sentence() == "raise the version, or import as update"
    )
    #expect([.words("a"), .words("b"), .words("c")].sentence() == "a, b, or c")
    #expect([.words("a, or b"), .words("c")].sentence() == "a, or b; c")
  }

  @Test("A phrase keeps what it is about")
  func phrases() {
    let phrase: Phrase = "\(Sample.column) of \(Sample.x) (\(address: Sample.unstated), \(3))"
    #expect(
      phrase.words
        == "Column “Priority” (new_t.new_a) of X (Attribute:new_t.new_z, 3)"
    )
    #expect(phrase.pieces.contains(.component(Sample.column)))
    #expect(phrase.pieces.contains(.solution(Sample.x)))
    #expect(Sample.other.spoken == "Column new_t.new_b")
    #expect(Sample.unstated.spoken == "Column new_t.new_z")
  }
}
