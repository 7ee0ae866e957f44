import ArgumentParser
import FoundationEssentials
import Hashing
import Lifecycle
import SolutionStore
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
    let document = try PlanDocument.read(plan)
    guard let saved = document.apply else {
      throw Files.Failure(
        description: "\(plan) was made without an environment; plan with --env to apply it"
      )
    }
    let lifecycle = try await performing.environment.lifecycle()
    try await check(document, lifecycle)
    let archives = try saved.packages.map { try archive($0) }
    let importing = saved.options
    var options = PlanOptions(
      choice: PlanOptions.Choice(rawValue: importing.action) ?? .auto,
      assumesPresent: importing.assumePresent,
      isStrict: true,
      overwritesCustomizations: importing.overwriteCustomizations,
      enablesProcesses: importing.enableSteps,
      publishes: importing.publishChanges ?? false,
      dropped: importing.noData ?? false ? .left(Trashed()) : .returned(Trashed())
    )
    if let file = importing.settingsFile { options.deployment = try SettingsDocument.read(file) }
    do {
      try await performing.perform(
        .importing(archives, options),
        expecting: saved.fingerprint,
        options: try DocumentCoder.line(importing),
        counting: document.counts(kinds: .standard)
      )
    } catch LifecycleError.planChanged {
      throw Files.Failure(
        description: "the plan would do something else now, so nothing was changed\n  → plan again"
      )
    }
  }

  /// The same environment, at the same revision.
  private func check(_ document: PlanDocument, _ lifecycle: Lifecycle) async throws {
    let (now, since) = try await lifecycle.store.read { session in
      (
        try session.environment(),
        try session.history(since: document.base.revision).map { operation in
          "  operation \(operation.number): \(operation.record.title), by \(operation.record.who)"
        }
      )
    }
    guard now.id == document.base.environment else {
      throw Files.Failure(
        description:
          "the plan was made for another environment (\(document.base.environment)), not for \(now.id)"
      )
    }
    guard now.revision == document.base.revision else {
      throw Files.Failure(
        description: (["the plan was made from revision \(document.base.revision); since then:"]
          + since.reversed() + ["  → plan again"]).joined(separator: "\n")
      )
    }
  }

  private func archive(_ saved: PlanDocument.Apply.Package) throws -> Request.Archive {
    for path in package + [saved.path] where FileManager.default.fileExists(atPath: path) {
      let bytes = try Files.bytes(of: path)
      if SHA256Digest(of: bytes).description == saved.sha256 {
        return try Files.archive(path, bytes)
      }
    }
    throw Files.Failure(
      description:
        "\(saved.path) is not there any more, or not what the plan was made from (sha256 \(saved.sha256))"
        + "\n  → name it with --package, or plan again"
    )
  }
}
