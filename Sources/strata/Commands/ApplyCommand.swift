import ArgumentParser
import Contract
import Faces
import FoundationEssentials
import Hashing
import Lifecycle
import Solutions

struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Apply exactly the plan that was saved.",
    discussion: """
      The plan is made again from the same packages, and all of it compared with the file: when the environment, a \
      package, this program or the file says anything else now, nothing happens.
      """
  )

  @Argument(help: "A file that `strata plan --env … --out` wrote.", completion: .json)
  var plan: String

  @Option(
    parsing: .singleValue,
    help: "Where a package lies now, when it was moved; found by its digest.",
    completion: .package
  )
  var package: [String] = []

  @Option(help: "The digest that was approved, as plan prints it; any other plan is refused.")
  var expect: String?

  @OptionGroup var changing: ChangeOptions

  private var performing: PerformOptions { changing.performing }

  func validate() throws {
    guard performing.count else {
      throw ValidationError("What is counted stands in the plan: plan with --no-count.")
    }
    if let expect, expect.wholeMatch(of: /sha256:[0-9a-f]{64}/) == nil {
      throw ValidationError("--expect is sha256: and 64 digits, as plan prints it.")
    }
  }

  func run() async throws {
    let (document, written) = try SavedPlan.read(plan)
    try requireExpected(document)
    guard let saved = document.apply else {
      throw Failure(
        .refused,
        "\(plan) was made without an environment; plan with --env to apply it",
        status: 4
      )
    }
    guard saved.version == Strata.release else {
      let maker = saved.version.map { "strata \($0)" } ?? "an older release"
      try performing.refuse(
        document,
        "\(plan) was made by \(maker), and this is strata \(Strata.release); nothing was changed\n  → plan again"
      )
    }
    let lifecycle = try await performing.environment.lifecycle()
    if let refusal = try await refusal(of: document, lifecycle) {
      try performing.refuse(document, refusal)
    }
    let archives = try saved.packages.map { try archive($0, of: document) }
    let chosen = saved.options.options
    let options = try SettingsFile.options(chosen, isStrict: true)
    let request = Request.importing(archives, options)
    let counting = saved.options.count == false ? Lifecycle.Counting.skipped : performing.counting
    let isExpected: @Sendable (Plan) throws -> Bool = {
      try PlanDifference(written, Self.document($0, saved)).isEmpty
    }
    do {
      if changing.isPlan {
        let now = try await lifecycle.plan(request, counting: counting)
        guard try isExpected(now) else { throw LifecycleError.planChanged(now) }
        try performing.show(now)
      }
      try await performing.perform(
        request,
        expecting: isExpected,
        options: chosen,
        counting: counting
      )
    } catch LifecycleError.planChanged(let plan) {
      let difference = try PlanDifference(written, Self.document(plan, saved))
      try performing.refuse(document, difference.text)
    }
  }

  /// A plan as it would be saved.
  private static func document(_ plan: Plan, _ saved: PlanShape.Apply) throws -> PlanShape {
    var document = PlanShape(plan, kinds: .standard)
    document.apply = PlanShape.Apply(
      version: Strata.release,
      fingerprint: plan.fingerprint,
      packages: saved.packages,
      options: saved.options
    )
    return try document.digested()
  }

  private func requireExpected(_ document: PlanShape) throws {
    guard let expect else { return }
    let digest = try document.madeDigest()
    guard expect != digest else { return }
    try performing.refuse(
      document,
      "\(plan) is not the plan that was approved (\(expect)): it is \(digest); nothing was changed"
        + "\n  → have this one approved, or apply the one that was"
    )
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
      let content = try Files.content(of: path, as: FolderForm(saved.packageType))
      if SHA256Digest(of: content.bytes).description == saved.sha256 {
        // Called as it was when it was planned, wherever it lies now.
        let name = document.packages.first { $0.sha256 == saved.sha256 }?.file
        return try Files.archive(content, name: name ?? Files.name(of: path))
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
    throw Failure(
      .stalePlan,
      "\(saved.path) is not there any more (sha256 \(saved.sha256)); \(next)",
      status: 4
    )
  }
}
