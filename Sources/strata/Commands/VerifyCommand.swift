import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Check an environment for consistency.",
    discussion: """
      Looks at the file, every definition and package by its hash, every invariant of the present, and the history: \
      each state that an operation left is rebuilt and compared with the fingerprint that was kept of it.
      """
  )

  @Flag(help: "The present alone: no history, no packages, not the file itself.")
  var quick = false

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let scope: Verification.Scope = quick ? .present : .whole
    let document = VerifyShape(try await lifecycle.ask(VerifyQuestion(scope)))
    try output.give(document) { _ in document.text }
    guard !document.broken.isEmpty else { return }
    if output.quiet { Console.tell(document.text) }
    throw ExitCode(1)
  }
}

extension VerifyShape {
  var text: Prose {
    let isQuick = scope == .present
    let alone: Prose = isQuick ? ", the present alone" : ""
    guard broken.isEmpty else {
      return (["Broken\(alone):"] + broken.map { "  \($0)" as Prose }).joined(separator: "\n")
        + "\n"
    }
    let what: Prose =
      "\(counted(components ?? 0, "component")), state \((fingerprint ?? "").prefix(16))"
    var lines: [Prose] = ["Sound\(alone): \(what)"]
    if !isQuick, proven > 0 { lines.append("  \(counted(proven, "operation")) proven") }
    if let first = unknown.first, let last = unknown.last {
      let which =
        first == last
        ? "operation \(first)" : "\(unknown.count) operations from \(first) to \(last)"
      lines.append(
        "  what \(which) left is not known: an earlier release kept no fingerprint of it"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
