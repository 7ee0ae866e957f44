import ArgumentParser
import Contract
import FoundationEssentials
import Hashing
import Lifecycle
import Solutions

struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Applies exactly the plan that was saved.",
    discussion: """
      The plan is made again from the same packages and compared: when the environment, a package or this program \
      would do anything else now, nothing happens.
      """
  )

  @Argument(help: "A file that `strata plan --env … --out` wrote.")
  var plan: String

  @Option(
    parsing: .singleValue,
    help: "Where a package lies now, when it was moved; found by its digest."
  )
  var package: [String] = []

  @OptionGroup var performing: PerformOptions

  func run() async throws {
    let document = try SavedPlan.read(plan)
    guard let saved = document.apply else {
      throw Files.Failure(
        description: "\(plan) was made without an environment; plan with --env to apply it"
      )
    }
    let lifecycle = try await performing.environment.lifecycle()
    if let refusal = try await refusal(of: document, lifecycle) {
      try performing.refuse(document, refusal)
    }
    guard Plan.recognizes(saved.fingerprint) else {
      try performing.refuse(
        document,
        "\(plan) was made by an older release, so nothing was changed\n  → plan again"
      )
    }
    let archives = try saved.packages.map { try archive($0, of: document) }
    let chosen = saved.options.options
    let options = try SettingsFile.options(chosen, isStrict: true)
    do {
      try await performing.perform(
        .importing(archives, options),
        expecting: saved.fingerprint,
        options: chosen,
        counting: document.counts(kinds: .standard)
      )
    } catch LifecycleError.planChanged {
      try performing.refuse(
        document,
        "the plan would do something else now, so nothing was changed\n  → plan again"
      )
    }
  }

  /// Why it is not for this environment, or for its revision; nil where it is.
  private func refusal(of document: PlanShape, _ lifecycle: Lifecycle) async throws -> Prose? {
    let base = document.base
    let (now, operations) = try await lifecycle.ask(SinceQuestion(base.revision.number))
    let since = operations.map { operation -> Prose in
      "  operation \(operation.number): \(operation.record.title), by \(operation.record.who)"
    }
    guard now.id == base.environment else {
      return "the plan was made for another environment (\(base.environment)), not for \(now.id); "
        + "nothing was changed"
    }
    guard now.revision != base.revision.number else { return nil }
    let happened: [Prose] =
      since.isEmpty
      ? ["  nothing: the environment is at revision \(now.revision)"] : since.reversed()
    return
      (["the plan was made from revision \(base.revision), so nothing was changed; since then:"]
      + happened + ["  → plan again"]).joined(separator: "\n")
  }

  private func archive(
    _ saved: PlanShape.Apply.Package,
    of document: PlanShape
  ) throws -> Request.Archive {
    var isThere = false
    for path in package + [saved.path] where FileManager.default.fileExists(atPath: path) {
      let bytes = try Files.bytes(of: path)
      if SHA256Digest(of: bytes).description == saved.sha256 {
        return try Files.archive(path, bytes)
      }
      isThere = isThere || path == saved.path
    }
    let next: Prose = "nothing was changed\n  → name it with --package, or plan again"
    if isThere {
      try performing.refuse(
        document,
        "\(saved.path) is not what the plan was made from (sha256 \(saved.sha256)); \(next)"
      )
    }
    throw Files.Failure(
      description: "\(saved.path) is not there any more (sha256 \(saved.sha256)); \(next)"
    )
  }
}
