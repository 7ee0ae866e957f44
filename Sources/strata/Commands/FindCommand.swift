import ArgumentParser
import Contract
import Faces
import Lifecycle
import Solutions

struct FindCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: "Find components by name, display name, id or label.",
    discussion: """
      The best match is first: whole names, then beginnings, then parts of names, then labels inside forms, views and \
      others. Exit status 1 says that nothing is found.

      strata find priority --against Examples/FieldService_1_0_0_0_managed.zip
      """
  )

  @Argument(help: "A part of what to look for; case has no meaning.")
  var text: String

  @Option(help: "Only components of this kind, such as Column or Form.")
  var kind: String?

  @Option(help: "Only this table and its parts, by its logical name.", completion: .table)
  var table: String?

  @OptionGroup var looking: ComponentOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard !text.isEmpty else { throw ValidationError("Say what to look for.") }
  }

  func run() async throws {
    let kinds = ComponentKinds.standard
    let search = ComponentSearch(
      text,
      type: try kind.map { try kinds.spoken($0).type },
      table: table
    )
    let hits: [ComponentHit]
    if looking.state.isOnEnvironment {
      let lifecycle = try await looking.state.environment.lifecycle()
      hits = try await lifecycle.ask(FindQuestion(search, asOf: looking.asOf))
    } else {
      hits = try looking.state.someState(kinds: kinds).hits(search)
    }
    let shape = FindShape(hits, of: text, kinds: kinds)
    try output.give(shape) { shape.text($0) }
    if hits.isEmpty { throw ExitCode(1) }
  }
}

extension ComponentKinds {
  /// - Throws: `Failure` for words that are no kind.
  func spoken(_ words: String) throws -> ComponentKind {
    if let kind = self[spoken: words] { return kind }
    let near = CommandLineWords.near(words, all.flatMap { [$0.name, $0.title] })
    throw Failure(
      .usage,
      "there is no kind “\(words)”",
      remedy: near.map { "did you mean \($0)?" } ?? "docs/coverage.md lists the kinds",
      status: Failure.wrongUsage
    )
  }
}

extension FindShape {
  func text(_ style: TextStyle) -> Prose {
    guard !components.isEmpty else { return "Nothing has “\(text)” in a name or label.\n" }
    let lines = components.map { hit -> Prose in
      var line: Prose = style.bold("\(hit.address)")
      if let name = hit.component.displayName { line += "  “\(name.shown(60))”" }
      if let whole = hit.partOf { line += "  of \(whole.shown(60))" }
      if let label = hit.label { line += "  label “\(label.shown(60))”" }
      let layers = hit.solutions.count
      let solutions = Array(Set(hit.solutions)).sorted().joined(separator: ", ")
      return line
        + style("  \(solutions)\(layers > 1 ? " (\(layers.counted("layer")))" : "")", .gray)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
