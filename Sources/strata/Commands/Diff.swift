import ArgumentParser
import Solutions

struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Semantic difference of two packages, component by component, property by property.",
    discussion: "Exit status: 0 no difference, 2 different, 1 could not be read, 64 wrong usage."
  )

  @Argument(help: "The older package.")
  var old: String

  @Argument(help: "The newer package.")
  var new: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    let kinds = ComponentKinds.standard
    let (before, after) = (try Files.package(old), try Files.package(new))
    let document = DiffDocument(before, after, kinds: kinds)
    print(
      output.json
        ? try DocumentCoder.json(document)
        : DiffText(document: document, style: output.style).text(),
      terminator: ""
    )
    throw ExitCode(document.isEmpty ? 0 : 2)
  }
}
