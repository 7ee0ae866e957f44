import ArgumentParser
import Contract
import FoundationEssentials
import Lifecycle
import SolutionStore
import Solutions

struct History: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "What was done to an environment, newest first; of one operation, component by component."
  )

  @Argument(help: "An operation's number.")
  var operation: Int?

  @Option(help: "How many operations.")
  var limit: Int = 50

  @Flag(help: "Attempts that were refused, failed or cut off, too.")
  var attempts = false

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let (number, limit, withAttempts) = (operation, limit, attempts)
    let document = try await lifecycle.store.read { session in
      let operations =
        try number.map { try session.operations($0...$0) } ?? session.history(limit: limit)
      if let number, operations.isEmpty {
        throw Files.Failure(description: "there is no operation \(number)\n  → strata history")
      }
      return HistoryShape(
        operations,
        results: try number.map { try session.results(of: $0) },
        attempts: withAttempts ? try session.attempts(limit: limit) : nil
      )
    }
    try output.give(document) { document.text($0) }
  }
}

extension HistoryShape {
  func text(_ style: TextStyle) -> String {
    var lines: [String] = []
    for item in operations {
      let summary = item.summary
      lines.append(
        "\(style.bold("\(item.number)"))  \(item.title)  \(style("\(item.started), \(item.milliseconds) ms, by \(item.who)", .gray))"
      )
      lines.append(
        "     - \(summary.delete)   → \(summary.dereference)   + \(summary.add)   ~ \(summary.change)   "
          + "\(summary.masked > 0 ? "⊘ \(summary.masked)   " : "")\(summary.unchanged) unchanged"
      )
      if item.results != nil, let smartDiff = item.smartDiff {
        lines.append("     \(smartDiff.text)")
      }
      for result in item.results ?? [] {
        let masked =
          result.maskedBy.isEmpty ? "" : ", hidden by \(result.maskedBy.joined(separator: ", "))"
        let lost =
          result.lost.map {
            ", \(counted($0, result.component.hasPrefix("Entity:") ? "row" : "value")) lost"
          } ?? ""
        lines.append(
          "     \(result.action.rawValue)  \(result.component.shown())  \(style("\(result.reason)\(masked)\(lost)", .gray))"
        )
      }
    }
    if operations.isEmpty { lines.append("Nothing was done yet.") }
    if let attempts {
      lines.append(style.bold("Attempts"))
      for attempt in attempts {
        lines.append(
          "  \(attempt.outcome.rawValue)  \(attempt.title)  \(style(attempt.started, .gray))"
        )
        if let message = attempt.message { lines.append("      \(message.shown(300))") }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
