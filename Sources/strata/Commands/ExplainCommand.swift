import ArgumentParser
import Contract
import Faces
import Solutions

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a code, a rule or a word.",
    discussion: """
      Codes and rules stand at the findings of a plan; words are those of the glossary. Without any, all of them.

      strata explain 0x8004F01F
      strata explain LY-311
      strata explain masked
      """
  )

  @Argument(help: "The code of a finding, the id of a rule, or a word.", completion: .topic)
  var topic: [String] = []

  @OptionGroup var output: OutputOptions

  func run() throws {
    let kinds = FindingKind.known
    let wanted = topic.joined(separator: " ").lowercased()
    let isAll = topic.isEmpty
    let found = kinds.filter { isAll || $0.code.lowercased() == wanted }
    let cited = Set(found.map(\.rule.id))
    let rules = RuleText.all.filter {
      isAll || $0.id.lowercased() == wanted || cited.contains($0.id)
    }
    let words = Glossary.all.filter { isAll || $0.names.contains(wanted) }
    guard !found.isEmpty || !rules.isEmpty || !words.isEmpty else {
      let known = kinds.map(\.code) + RuleText.all.map(\.id) + Glossary.all.map(\.word)
      let near = CommandLineWords.nearest(3, to: wanted, Array(Set(known)))
      throw Failure(
        .noSuchTopic,
        "“\(topic.joined(separator: " "))” is no code, rule or word of the glossary",
        remedy: near.isEmpty
          ? "strata explain lists them all" : "did you mean \(near.joined(separator: ", "))?"
      )
    }
    let shape = ExplainShape(findings: found, rules: rules, words: words.map(\.shape))
    try output.give(shape) { isAll ? shape.list($0) : shape.text($0) }
  }
}

extension ExplainShape {
  /// One topic whole.
  func text(_ style: TextStyle) -> Prose {
    var lines: [Prose] = []
    for word in words {
      lines += [
        style.bold("\(word.word)"), "  \(word.says)", "  for example: \(word.example)",
        "  look: \(word.look)",
      ]
    }
    let texts = Dictionary(uniqueKeysWithValues: RuleText.all.map { ($0.id, $0) })
    for finding in findings {
      lines += [
        "\(style.bold("\(finding.code)"))  \(finding.severity.rawValue)", "  \(finding.says)",
      ]
      guard let rule = texts[finding.rule] else { continue }
      lines += ["  \(rule.id): \(rule.says)", "    \(rule.origin)"]
    }
    if !findings.isEmpty {
      lines.append("The finding in a plan says which components are meant and what can be done.")
    }
    for rule in findings.isEmpty ? rules : [] {
      guard let text = texts[rule.id] else { continue }
      lines += [style.bold("\(rule.id)"), "  \(rule.says)", "  \(text.origin)"]
      if !rule.codes.isEmpty { lines.append("  cited by \(rule.codes.joined(separator: ", "))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// All topics, a line each.
  func list(_ style: TextStyle) -> Prose {
    func part(_ title: Prose, _ entries: [(String, String)]) -> [Prose] {
      let width = entries.map(\.0.count).max() ?? 0
      return [style.bold(title)]
        + entries.map { name, says in
          "  \(name)\(String(repeating: " ", count: width - name.count))  \(says)"
        }
    }
    let lines =
      part("Findings", findings.map { ($0.code, $0.says) }) + [""]
      + part("Rules", rules.map { ($0.id, $0.says) }) + [""]
      + part("Words", words.map { ($0.word, $0.says) })
    return lines.joined(separator: "\n") + "\n"
  }
}

extension RuleText {
  /// How it is known, and where it can be read.
  fileprivate var origin: Prose {
    guard source != "inferred" else { return "inferred: it follows from other rules" }
    let places = zip(source.split(separator: "; "), sources).map { name, source -> Prose in
      name == "inferred" ? "in part inferred" : "\(String(name)) (\(source.title))"
    }
    return "documented: \(places.joined(separator: "; "))"
  }
}
