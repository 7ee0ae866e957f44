import ArgumentParser
import Contract
import Faces
import Lifecycle
import Reading
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// What a command takes that changes an environment by a plan of its own: the plan can be looked at first.
struct ChangeOptions: ParsableArguments {
  @OptionGroup var planning: PlanningOptions
  @OptionGroup var performing: PerformOptions

  var environment: EnvironmentOptions { performing.environment }

  var isPlan: Bool { planning.plan }

  func perform(_ request: Request, options: OperationOptions? = nil) async throws {
    if isPlan { try await performing.show(request) }
    try await performing.perform(request, options: options)
  }
}

/// What a command takes that destroys nothing, and so asks for no consent.
struct SafeChangeOptions: ParsableArguments {
  @OptionGroup var planning: PlanningOptions
  @OptionGroup var waiting: WaitingOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  /// - Parameter seconds: how long it waits for its turn where nobody says so.
  func perform(_ request: Request, waiting seconds: Int = 0) async throws {
    var performing = try PerformOptions.parse([])
    (performing.waiting, performing.environment, performing.output) = (waiting, environment, output)
    if planning.plan { try await performing.show(request) }
    try await performing.perform(request, patience: seconds)
  }
}

/// The flag that every command has that changes an environment.
struct PlanningOptions: ParsableArguments {
  @Flag(help: "Show what it would do, and do nothing; exit status as for `plan`.")
  var plan = false
}

/// What every command that changes an environment takes and does: plan, consent, apply.
struct PerformOptions: ParsableArguments {
  @Option(
    name: .customLong("allow-destroy"),
    parsing: .singleValue,
    help: "What may be destroyed: KIND:NAME, with its parts, or all; may be repeated."
  )
  var allowed: [String] = []

  @Flag(inversion: .prefixedNo, help: "Count the rows and values that would be lost.")
  var count = true

  @OptionGroup var waiting: WaitingOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  var consent: Consent {
    Consent(isAll: allowed.contains { $0.lowercased() == "all" }, names: allowed)
  }

  /// Shows what it would do.
  ///
  /// - Throws: `ExitCode` with that of `plan`.
  func show(_ request: Request) async throws -> Never {
    let plan = try await environment.lifecycle().plan(request, counting: counting)
    try show(plan)
  }

  /// - Throws: `ExitCode` with that of `plan`.
  func show(_ plan: Plan) throws -> Never {
    var document = PlanShape(plan, kinds: .standard)
    document.fingerprint = plan.fingerprint
    try PlanOutput(output).write(document)
    throw ExitCode(document.status)
  }

  /// Does it, asks when it may, and prints what became of it.
  ///
  /// - Parameter patience: seconds that it waits for its turn where nobody says how long.
  func perform(
    _ request: Request,
    expecting: @escaping @Sendable (Plan) throws -> Bool = { _ in true },
    options: OperationOptions? = nil,
    counting: Lifecycle.Counting? = nil,
    patience: Int = 0
  ) async throws {
    let counting = counting ?? self.counting
    try await requireKnown()
    let lifecycle = try await environment.writing(waiting: waiting.seconds(otherwise: patience))
    do {
      let done = try await performOrAsk(
        request,
        lifecycle,
        expecting: expecting,
        options: options,
        counting: counting
      )
      if let operation = done.operation { Console.isDone("operation \(operation)") }
      tellNeedless(done.plan)
      try report(
        done.plan,
        title: request.title,
        operation: done.operation,
        warnings: done.warnings
      )
    } catch LifecycleError.refused(let plan) {
      tellNeedless(plan)
      try report(plan, operation: nil, refusal: "Nothing was changed.")
      tell(plan, refusal: "Nothing was changed.")
      throw ExitCode(4)
    } catch LifecycleError.consentMissing(let plan, let missing) {
      tellNeedless(plan)
      try report(plan, operation: nil, refusal: Self.consentText(missing))
      tell(plan, refusal: Self.consentText(missing))
      throw ExitCode(3)
    }
  }

  /// A saved plan that is not to be applied: told as any refusal is.
  func refuse(_ plan: PlanShape, _ why: Prose) throws -> Never {
    if output.json {
      let document = ResultShape(operation: nil, refusal: why.text, warnings: [], plan: plan)
      Console.give(try ShapeCoder.json(document))
    }
    Progress.fail(Failure(.refused, why, status: 4))
    throw ExitCode(4)
  }

  private func performOrAsk(
    _ request: Request,
    _ lifecycle: Lifecycle,
    expecting: @escaping @Sendable (Plan) throws -> Bool,
    options: OperationOptions?,
    counting: Lifecycle.Counting
  ) async throws -> Lifecycle.Done {
    do {
      return try await lifecycle.perform(
        request,
        by: .user,
        consent: consent,
        expecting: expecting,
        options: options,
        counting: counting
      )
    } catch LifecycleError.consentMissing(let plan, let missing)
      where isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && !output.json
    {
      Console.say(PlanText(plan: PlanShape(plan, kinds: .standard), style: output.style).text())
      let verdict = PlanReading(ReadablePlan(PlanShape(plan, kinds: .standard))).verdict
      Console.say("\(verdict.destroys ?? "This destroys components.") Type yes to do it:")
      Console.flush()
      guard readLine() == "yes" else { throw LifecycleError.consentMissing(plan, missing) }
      // What was shown is what is done.
      let shown = try Self.digest(of: plan)
      return try await lifecycle.perform(
        request,
        by: .user,
        consent: .all,
        expecting: { try Self.digest(of: $0) == shown && expecting($0) },
        options: options,
        counting: counting
      )
    }
  }

  var counting: Lifecycle.Counting {
    count ? .reported { Progress.counting($0) } : .skipped
  }

  /// Of all that is shown of a plan, and of what it does.
  private static func digest(of plan: Plan) throws -> String {
    "\(try PlanShape(plan, kinds: .standard).madeDigest()) \(plan.fingerprint)"
  }

  private static func consentText(_ missing: [Change]) -> Prose {
    let kinds = ComponentKinds.standard
    let named = Set(missing.map(\.id))
    // Consent to a whole covers its parts.
    let missing = missing.filter { !($0.parent.map { named.contains($0) } ?? false) }
    let flags = missing.prefix(8).map {
      "    --allow-destroy \(kinds[$0.id.type].name):\($0.name)" as Prose
    }
    let more: [Prose] = missing.count > 8 ? ["    … and \(missing.count - 8) more"] : []
    return
      (["Nothing was changed: these would be destroyed, and nobody has agreed. To agree:"] + flags
      + more + [
        "    --allow-destroy all"
      ]).joined(separator: "\n")
  }

  private func report(
    _ plan: Plan,
    title: String = "",
    operation: Int?,
    refusal: Prose? = nil,
    warnings: [String] = []
  ) throws {
    let document = PlanShape(plan, kinds: .standard)
    if output.json {
      Console.give(
        try ShapeCoder.json(
          ResultShape(
            operation: operation,
            refusal: refusal?.text,
            warnings: warnings,
            plan: document
          )
        )
      )
      return
    }
    // What has no place in a plan has its title.
    let isUntold = operation != nil && document.status == 0
    if !output.quiet, !isUntold || !document.findings.isEmpty {
      let tense: PlanText.Tense = refusal == nil ? .past : .conditional
      Console.say(
        PlanText(plan: document, style: output.style, tense: tense).text(),
        terminator: ""
      )
    }
    for warning in warnings { Console.tell("warning: \(warning)") }
    if refusal != nil || output.quiet { return }
    guard let operation else { return Console.say("Nothing to do.") }
    let drafts = document.summary.drafts ?? 0
    let waiting =
      drafts == 0
      ? "" : " \(counted(drafts, "draft")) \(drafts == 1 ? "waits" : "wait") for strata publish."
    Console.say("Done: operation \(operation)\(isUntold ? ", \(title)" : "").\(waiting)")
    Console.suggest(NextStep.done(document), output)
  }

  /// What stands in the way, on standard error; the errors themselves where the plan is not shown.
  private func tell(_ plan: Plan, refusal: Prose) {
    if output.quiet || output.json {
      FindingText.tellErrors(among: PlanShape(plan, kinds: .standard).findings)
    }
    Console.tell(refusal)
  }
}
