import ArgumentParser
import Contract
import Solutions

struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a saved plan.",
    discussion: """
      It ends as `plan` did: 0 nothing would change, 2 it would change, 3 it would destroy components or data, 4 it would \
      be refused, 1 it could not be read.
      """
  )

  @Argument(help: "A file that `strata plan --out` wrote.", completion: .json)
  var plan: String

  @Option(help: "Write a report in Markdown; - is standard output.", completion: .file())
  var markdown: String?

  @Option(
    help: "The most characters of the Markdown report; whole entries are left out, deletions last.",
    transform: Numbers.characters
  )
  var markdownLimit = 60_000

  @Option(help: "Write a report as one HTML file; - is standard output.", completion: .file())
  var html: String?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let target = try PlanOutput(
      output,
      markdown: markdown,
      markdownLimit: markdownLimit,
      html: html,
      view: try reading.view(),
      reading: [Outputs.Input(path: plan, words: "the plan that is shown")]
    )
    let saved = try SavedPlan.read(plan).plan
    if let digest = saved.digest, try saved.madeDigest() != digest {
      Console.tell("warning: \(plan) was changed after it was made: its digest is another one")
    }
    try target.write(saved)
    throw ExitCode(saved.status)
  }
}
