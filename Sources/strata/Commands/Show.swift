import ArgumentParser

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
    try PlanOutput(out: nil, markdown: markdown, html: html, output: output).write(
      try SavedPlan.read(plan)
    )
  }
}
