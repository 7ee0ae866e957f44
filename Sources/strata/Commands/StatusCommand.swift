import ArgumentParser
import Contract
import Lifecycle
import SolutionStore
import Solutions

struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Where an environment stands: its revision, and whether an operation runs or was cut off."
  )

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let (now, attempt) = try await lifecycle.status()
    let pending = try await lifecycle.store.read { try $0.solutions(at: nil) }.compactMap {
      row -> String? in
      guard case .holding(let base) = row.role else { return nil }
      return "\(base) \(row.version)"
    }
    let drafts = try await lifecycle.store.read { try $0.drafts().count }
    let done = try await lifecycle.store.read { try $0.history(limit: 1).first }
    let document = StatusShape(
      environment: now.id,
      location: environment.location,
      revision: now.revision,
      pendingUpgrades: pending,
      drafts: drafts,
      lastOperation: done.map { StatusShape.Done($0) },
      last: attempt.map { HistoryShape.Try($0) }
    )
    try output.give(document) { document.text($0) }
  }
}

extension StatusShape {
  func text(_ style: TextStyle) -> String {
    var lines = ["\(style.bold(location))  revision \(revision)  \(style(environment, .gray))"]
    for upgrade in pendingUpgrades {
      lines.append("  pending upgrade: \(upgrade); strata upgrade apply or discard ends it")
    }
    if drafts > 0 {
      lines.append(
        "  \(counted(drafts, "draft")); strata publish --plan shows what publishing would change"
      )
    }
    if let lastOperation {
      lines.append(
        "  operation \(lastOperation.number): \(lastOperation.title), done at \(lastOperation.completed) by \(lastOperation.who)"
      )
    }
    // One that came to nothing is told beside it, not in its place.
    if let last, last.operation == nil || last.operation != lastOperation?.number {
      let tale =
        switch last.outcome {
        case .running: "runs since \(last.started), process \(last.process), by \(last.who)"
        case .interrupted:
          "was cut off (process \(last.process), begun \(last.started)); nothing of it is there, and nothing needs repair"
        default: "\(last.outcome.rawValue) at \(last.ended ?? last.started)"
        }
      lines.append("  last attempt: \(last.title): \(tale)")
      if let message = last.message { lines.append("        \(message.shown(300))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
