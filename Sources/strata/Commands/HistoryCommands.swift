import ArgumentParser
import Contract
import FoundationEssentials
import Lifecycle
import Solutions

struct History: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "List operations, newest first, or show one."
  )

  @Argument(help: "An operation's number.", transform: Numbers.operation)
  var operation: Int?

  @Option(help: "How many operations.", transform: Numbers.count)
  var limit: Int = 50

  @Flag(help: "Attempts that were refused, failed or cut off, too.")
  var attempts = false

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
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
    try output.give(shape) { shape.text($0) }
  }
}

extension HistoryShape {
  func text(_ style: TextStyle) -> Prose {
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
      for result in item.results ?? [] {
        let masked: Prose =
          result.maskedBy.isEmpty ? "" : ", hidden by \(result.maskedBy.joined(separator: ", "))"
        let lost: Prose =
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
          "  \(attempt.outcome.rawValue)  \(attempt.title)  \(style("\(attempt.started)", .gray))"
        )
        if let message = attempt.message { lines.append("      \(message.shown(300))") }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension HistoryShape.Summary {
  /// Whether it was about no component: operations on rows say in their titles what they did.
  fileprivate var isEmpty: Bool {
    [delete, dereference, add, change, masked, unchanged].allSatisfy { $0 == 0 }
  }
}
