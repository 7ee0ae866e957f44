import ArgumentParser
import Contract
import Faces
import Solutions

struct FactsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facts",
    abstract: "Learn what a live environment has, and plan with it.",
    discussion: """
      A file of facts holds names, versions, layers, uses and counts: no content, no rows, no values. \
      strata plan --facts reads it. See docs/live.md.
      """,
    subcommands: [PullFacts.self, ShowFacts.self, RedactFacts.self]
  )
}

struct ShowFacts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Say what a file of facts holds, and how old it is."
  )

  @Argument(help: "A file of facts.", completion: .json)
  var file: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    let facts = try FactsFile.read(file)
    try output.give(FactsShape(facts)) { FactsText(facts: facts, style: $0, now: .now).text() }
  }
}

struct RedactFacts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Write facts with names hashed, to be shown to others.",
    discussion: """
      Names that the packages of --keep have stay as they are. The key of the hashes is a new one each time and not kept: \
      equal names stay equal within the file, and no name can be guessed.
      """
  )

  @Argument(help: "A file of facts.", completion: .json)
  var file: String

  @Option(
    parsing: .singleValue,
    help: "A package whose names stay; repeatable.",
    completion: .package
  )
  var keep: [String] = []

  @Option(name: [.customShort("o"), .long], help: "The file to write.", completion: .file())
  var out: String

  @OptionGroup var folders: FolderOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let inputs =
      [Outputs.Input(path: file, words: "the file of facts")]
      + keep.map { Outputs.Input(path: $0, words: "a package given with --keep") }
    let outputs = try Outputs([("--out", out)], reading: inputs)
    let facts = try FactsFile.read(file)
    let form = try folders.form(for: keep)
    let packages = try keep.map { try Files.package($0, as: form) }
    var random = SystemRandomNumberGenerator()
    let key = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    let redacted = facts.redacted(FactsRedaction(keeping: packages, key: key))
    let text = try ShapeCoder.json(FactsShape(redacted))
    guard out != "-" else { return Console.give(text) }
    try outputs.write([(out, text)], isPrivate: true)
  }
}
