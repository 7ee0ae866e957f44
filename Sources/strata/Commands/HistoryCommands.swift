import ArgumentParser
import Contract
import Faces
import FoundationEssentials
import Lifecycle
import Reading
import Solutions

struct History: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "List operations, newest first, or show one."
  )

  @Argument(help: "An operation's number.", completion: .operation, transform: Numbers.operation)
  var operation: Int?

  @Option(help: "How many operations.", transform: Numbers.count)
  var limit: Int = 50

  @Flag(help: "Attempts that were refused, failed or cut off, too.")
  var attempts = false

  @OptionGroup var filters: FilterOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard filters.impact.isEmpty else {
      throw ValidationError("The history has no impact: --impact is of plans and of two packages.")
    }
    guard operation != nil || filters.isEmpty else {
      throw ValidationError("Name an operation: filters show a part of what one did.")
    }
  }

  func run() async throws {
    let view = try filters.view()
    let lifecycle = try await environment.lifecycle()
    let question = HistoryQuestion(of: operation, limit: limit, withAttempts: attempts)
    let history = try await lifecycle.ask(question)
    if let operation, history.operations.isEmpty {
      throw Failure(
        .noSuchOperation,
        "there is no operation \(operation)",
        remedy: "strata history"
      )
    }
    let shape = try HistoryShape(history)
    var shown = shape
    shown.operations = shape.operations.map { $0.filtered(by: view.filter, view.words) }
    try output.give(shown) { shape.text($0, view) }
  }
}

extension HistoryShape {
  func text(_ style: TextStyle, _ view: ReadingView) -> Prose {
    var lines: [Prose] = []
    for item in operations {
      let summary = item.summary
      lines.append(
        "\(style.bold("\(item.number)"))  \(item.title)  \(style("\(item.started), \(item.milliseconds) ms, by \(item.who)", .gray))"
      )
      if !summary.isEmpty {
        lines.append(
          "     - \(summary.delete)   → \(summary.dereference)   + \(summary.add)   ~ \(summary.change)   "
            + "\(summary.masked > 0 ? "⊘ \(summary.masked)   " : "")\(summary.unchanged) unchanged"
        )
      }
      if item.results != nil, let smartDiff = item.smartDiff {
        lines.append("     \(smartDiff.text)")
      }
      if let results = item.results { lines += Self.lines(results, style, view) }
    }
    if operations.isEmpty { lines.append("Nothing was done yet.") }
    if let attempts {
      lines.append(style.bold("Attempts"))
      for attempt in attempts {
        lines.append(
          "  \(attempt.outcome.rawValue)  \(attempt.title)  \(style("\(attempt.started)", .gray))"
        )
        if let message = attempt.message { lines.append("      \(message.shown(300))") }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension HistoryShape {
  /// More than a screen stand by kind.
  private static let few = 20

  private static func lines(_ results: [Result], _ style: TextStyle, _ view: ReadingView) -> [Prose]
  {
    let all = ReadablePlan(results)
    let shown = results.filter { view.filter.isEmpty || view.filter.takes(ReadableEntry($0)) }
    var note: [Prose] = []
    if !view.filter.isEmpty {
      note.append("     \(view.note(shown: shown.count, of: results.count))")
    }
    if view.depth == .summary { return note }
    guard shown.count > few, view.depth != .full else {
      return shown.map { line($0, style) } + note
    }
    let reading = PlanReading(all, filter: view.filter)
    let folded = Change.Action.allCases.flatMap { action -> [Prose] in
      let some = reading.entries.filter { $0.action == action }
      return reading.byKind(some).map { kind, entries in
        let sign = entries.first?.sign ?? .change
        return "     \(sign.rawValue) \(reading.line(kind, entries, limit: 12).text)"
      }
    }
    return folded + [style("     --full lists each, and why", .gray)] + note
  }

  private static func line(_ result: Result, _ style: TextStyle) -> Prose {
    let masked: Prose =
      result.maskedBy.isEmpty ? "" : ", hidden by \(result.maskedBy.joined(separator: ", "))"
    let lost: Prose =
      result.lost.map {
        ", \(counted($0, result.component.hasPrefix("Entity:") ? "row" : "value")) lost"
      } ?? ""
    return
      "     \(result.action.rawValue)  \(result.component.shown())  \(style("\(result.reason)\(masked)\(lost)", .gray))"
  }
}

extension HistoryShape.Summary {
  /// Whether it was about no component: operations on rows say in their titles what they did.
  fileprivate var isEmpty: Bool {
    [delete, dereference, add, change, masked, unchanged].allSatisfy { $0 == 0 }
  }
}
