import ArgumentParser
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
      return HistoryDocument(
        operations,
        results: try number.map { try session.results(of: $0) },
        attempts: withAttempts ? try session.attempts(limit: limit) : nil
      )
    }
    try output.give(document) { document.text($0) }
  }
}

/// `history --json`.
struct HistoryDocument: Codable, Sendable {
  struct Item: Codable, Sendable {
    let number: Int
    let verb: String
    let title: String
    let who: String
    let started: String
    let completed: String
    let milliseconds: Int
    /// As given, as a JSON text.
    let options: String
    let packages: [Package]
    let summary: Summary
    /// Left out where no package was imported.
    var smartDiff: SmartDiffDocument?
    var results: [Result]?
  }

  struct Package: Codable, Sendable {
    let uniqueName: String
    let version: String
    @Nullable var from: String?
    let action: String
    @Nullable var sha256: String?
  }

  struct Summary: Codable, Sendable {
    let add: Int
    let change: Int
    let delete: Int
    let dereference: Int
    let masked: Int
    let unchanged: Int
  }

  struct Result: Codable, Sendable {
    let action: String
    let component: String
    let solution: String
    let maskedBy: [String]
    let reason: String
    let rule: String
    let milliseconds: Int
    /// Rows or values that went to the trash; null where nobody counted.
    @Nullable var lost: Int?
  }

  struct Try: Codable, Sendable {
    let title: String
    let who: String
    let process: Int
    let started: String
    @Nullable var ended: String?
    let outcome: String
    @Nullable var message: String?
    @Nullable var operation: Int?
  }

  let format: String
  let formatVersion: Int
  let operations: [Item]
  var attempts: [Try]?

  init(_ operations: [Operation], results: [Operation.Result]?, attempts: [Attempt]?) {
    format = "strata.history"
    formatVersion = 1
    self.operations = operations.map { Item($0, results) }
    self.attempts = attempts?.map { Try($0) }
  }

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
          "     \(result.action)  \(result.component.shown())  \(style("\(result.reason)\(masked)\(lost)", .gray))"
        )
      }
    }
    if operations.isEmpty { lines.append("Nothing was done yet.") }
    if let attempts {
      lines.append(style.bold("Attempts"))
      for attempt in attempts {
        lines.append("  \(attempt.outcome)  \(attempt.title)  \(style(attempt.started, .gray))")
        if let message = attempt.message { lines.append("      \(message.shown(300))") }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension HistoryDocument.Item {
  fileprivate init(_ operation: Operation, _ results: [Operation.Result]?) {
    number = operation.number
    verb = operation.record.verb
    title = operation.record.title
    who = operation.record.who
    started = operation.record.started.description
    completed = operation.completed.description
    milliseconds = operation.completed.milliseconds - operation.record.started.milliseconds
    options = operation.record.options
    packages = operation.packages.map {
      HistoryDocument.Package(
        uniqueName: $0.name,
        version: $0.version,
        from: $0.from,
        action: $0.action,
        sha256: $0.digest
      )
    }
    let counts = operation.counts
    summary = HistoryDocument.Summary(
      add: counts.add,
      change: counts.change,
      delete: counts.delete,
      dereference: counts.dereference,
      masked: counts.masked,
      unchanged: counts.unchanged
    )
    smartDiff = SmartDiffDocument(operation)
    let kinds = ComponentKinds.standard
    self.results = results?.map {
      HistoryDocument.Result(
        action: $0.action,
        component: "\(kinds[$0.id.type].name):\($0.id.key)",
        solution: $0.solution,
        maskedBy: $0.maskedBy,
        reason: $0.reason,
        rule: $0.rule,
        milliseconds: $0.milliseconds,
        lost: $0.lost
      )
    }
  }
}

extension HistoryDocument.Try {
  init(_ attempt: Attempt) {
    title = attempt.title
    who = attempt.who
    process = attempt.process
    started = attempt.started.description
    outcome = attempt.outcome.rawValue
    ended = attempt.ended?.description
    message = attempt.message
    operation = attempt.operation
  }
}
