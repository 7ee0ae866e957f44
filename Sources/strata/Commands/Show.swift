import ArgumentParser
import Solutions

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "A saved plan again.")

  @Argument(help: "A file that `strata plan --out` wrote.")
  var plan: String

  @Option(help: "Write a report in Markdown; - is standard output.")
  var markdown: String?

  @Option(help: "Write a report as one HTML file; - is standard output.")
  var html: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let target = try PlanOutput(
      output,
      markdown: markdown,
      html: html,
      reading: [Outputs.Input(path: plan, words: "the plan that is shown")]
    )
    try target.write(try SavedPlan.read(plan))
  }
}
