import Contract
import Faces
import Reading
import Solutions

/// Where a plan goes: files first, all of them or none, then one form on standard output.
struct PlanOutput {
  private let out: String?
  private let markdown: String?
  private let markdownLimit: Int
  private let html: String?
  private let output: OutputOptions
  private let view: ReadingView
  private let outputs: Outputs

  /// - Throws: what `Outputs` throws: before anything is read.
  init(
    _ output: OutputOptions,
    out: String? = nil,
    markdown: String? = nil,
    markdownLimit: Int = 0,
    html: String? = nil,
    view: ReadingView = ReadingView(),
    reading inputs: [Outputs.Input] = [],
    in environment: String? = nil
  ) throws {
    (self.output, self.view) = (output, view)
    (self.out, self.markdown, self.html) = (out, markdown, html)
    self.markdownLimit = markdownLimit
    outputs = try Outputs(
      [("--out", out), ("--markdown", markdown), ("--html", html)],
      reading: inputs,
      in: environment
    )
  }

  /// Where all of a plan is, of which the Markdown report holds a part.
  private var rest: Markdown {
    let files = [html, out].compactMap(\.self).filter { $0 != "-" }
    return files.isEmpty
      ? "the HTML report (`--html`)"
      : files.map { "\($0.shown(200))" as Markdown }.joined(separator: " and ")
  }

  /// - Throws: `Failure` where a file cannot be written.
  func write(_ plan: PlanShape) throws {
    let plan = try plan.digested()
    let forms = [
      try out.map { ($0, try ShapeCoder.json(plan)) },
      markdown.map {
        ($0, PlanMarkdown(plan: plan, view: view).text(limit: markdownLimit, rest: rest))
      },
      try html.map {
        ($0, try PlanHTML(plan: plan, filter: view.filter, note: { view.note($0) }).text())
      },
    ].compactMap(\.self)
    try outputs.write(forms.filter { $0.0 != "-" }, isPrivate: true)
    if let printed = forms.first(where: { $0.0 == "-" }) {
      // Markdown is for people, and an agent reads along.
      guard markdown == "-" else { return Console.give(printed.1) }
      return Console.say(.ours(printed.1), terminator: "")
    }
    if let component = view.why, !output.json {
      return output.show(WhyText(plan: plan, component: component, style: output.style).text())
    }
    let shown = view.filter.isEmpty ? plan : plan.filtered(by: view.filter, view.words)
    if output.json {
      Console.give(try ShapeCoder.json(shown))
    } else if !output.quiet {
      output.show(
        PlanText(plan: plan, style: output.style, view: view).text(),
        inPages: forms.isEmpty,
        endFirst: plan.status == 4
      )
    } else {
      // Why it is refused stands somewhere, however little is wished for.
      FindingText.tellErrors(among: shown.findings)
    }
    Console.suggest(NextStep.planned(plan, savedAs: out), output)
  }
}
