import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Show the revision and any running operation."
  )

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let shape = StatusShape(try await lifecycle.standing(), location: environment.location)
    try output.give(shape) { shape.text($0) }
  }
}

extension StatusShape {
  func text(_ style: TextStyle) -> Prose {
    var lines: [Prose] = [
      "\(style.bold("\(location)"))  revision \(revision)  \(style("\(environment)", .gray))"
    ]
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
      let tale: Prose =
        switch last.outcome {
        case .running where runs == nil:
          "was begun \(last.started), process \(last.process), by \(last.who)"
        case .running: "runs since \(last.started), process \(last.process), by \(last.who)"
        case .interrupted:
          "was cut off (process \(last.process), begun \(last.started)); nothing of it is there, and nothing needs repair"
        default: "\(last.outcome.rawValue) at \(last.ended ?? last.started)"
        }
      lines.append("  last attempt: \(last.title): \(tale)")
      if let message = last.message { lines.append("        \(message.shown(300))") }
    }
    if runs == nil { lines.append("  not known whether something runs: its lock may not be read") }
    return lines.joined(separator: "\n") + "\n"
  }
}
