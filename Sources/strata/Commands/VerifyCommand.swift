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
      each state that an operation left is rebuilt and compared with the fingerprint that was kept of it. With --rows \
      also at values, lookups, pairs, keys and the trash. What an upgrade is allowed to leave (options that are gone, \
      texts that are longer now) is a note, and not broken.
      """
  )

  @Flag(help: "The present alone: no history, no packages, not the file itself.")
  var quick = false

  @Flag(help: "Also each row against the definitions in effect; takes time that grows with them.")
  var rows = false

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let scope: Verification.Scope = quick ? .present : .whole
    let report: @Sendable (CountingProgress) -> Void = { Progress.verifying($0) }
    let question = VerifyQuestion(scope, rows: rows ? report : nil)
    let document = VerifyShape(try await lifecycle.ask(question))
    try output.give(document) { _ in document.text }
    guard !document.broken.isEmpty else { return }
    if output.quiet { Console.tell(document.text) }
    throw ExitCode(1)
  }
}

extension VerifyShape {
  var text: Prose {
    let alone: Prose = scope == .present ? ", the present alone" : ""
    let noted = notes.map { note -> Prose in "  note: \(note)" }
    let looked: Prose =
      if let rows { "  \(counted(rows, "row")) checked" } else { "  rows not checked (--rows)" }
    guard broken.isEmpty else {
      var lines: [Prose] = ["Broken\(alone):"]
      lines += broken.map { line -> Prose in "  \(line)" } + noted
      if rows == nil { lines.append(looked) }
      return lines.joined(separator: "\n") + "\n"
    }
    let what: Prose =
      "\(counted(components ?? 0, "component")), state \((fingerprint ?? "").prefix(16))"
    var lines: [Prose] = ["Sound\(alone): \(what)"]
    if scope == .whole, proven > 0 { lines.append("  \(counted(proven, "operation")) proven") }
    lines.append(looked)
    if let first = unknown.first, let last = unknown.last {
      let which =
        first == last
        ? "operation \(first)" : "\(unknown.count) operations from \(first) to \(last)"
      lines.append(
        "  what \(which) left is not known: an earlier release kept no fingerprint of it"
      )
    }
    return (lines + noted).joined(separator: "\n") + "\n"
  }
}
