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
    let bytes = try Files.bytes(of: plan)
    let document: PlanDocument
    do {
      document = try DocumentCoder.decode(PlanDocument.self, bytes)
    } catch {
      throw Files.Failure(description: "cannot read \(plan): not a saved plan")
    }
    guard document.format == "strata.plan", document.formatVersion == 1 else {
      throw Files.Failure(
        description:
          "cannot read \(plan): format \(document.format) \(document.formatVersion) is not known; use a newer strata"
      )
    }
    try PlanOutput(out: nil, markdown: markdown, html: html, output: output).write(document)
  }
}
