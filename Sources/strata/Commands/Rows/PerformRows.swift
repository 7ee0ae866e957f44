import ArgumentParser
import Contract
import Faces
import Lifecycle
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// What every verb that writes rows takes and does: shows, asks where it must, does it, and tells what became of it.
struct PerformRowsOptions: ParsableArguments {
  @OptionGroup var planning: PlanningOptions
  @OptionGroup var waiting: WaitingOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  private var plan: Bool { planning.plan }

  /// - Parameters:
  ///   - allowed: what may be destroyed.
  ///   - make: the request; files are opened after the environment.
  func perform(
    _ table: String,
    allowing allowed: [String] = [],
    _ make: () throws -> RowRequest
  ) async throws {
    let agreed = allowed.map { $0.lowercased() }
    let isAgreed = agreed.contains("all") || agreed.contains("entity:\(table)")
    let lifecycle = try await environment.writing(
      waiting: waiting.seconds(otherwise: WaitingOptions.ofRows)
    )
    do {
      let request = try make()
      guard !plan else {
        let outcome = try await lifecycle.plan(request)
        Progress.end()
        return try show(outcome, of: table, isAgreed: isAgreed)
      }
      let done = try await performOrAsk(request, table, isAgreed: isAgreed, lifecycle)
      Progress.end()
      try tell(done, of: table)
    } catch let error as RowsConsentMissing {
      Progress.end()
      try refuse(
        table,
        error.outcome,
        """
        Nothing was changed: \(RowsOutcomeText(table: table, outcome: error.outcome).warning), and nobody has agreed. To agree:
            --allow-destroy Entity:\(table)
        """,
        status: 3
      )
    } catch let error where error is BadRows || error is RowsHeld || error is RowsRefused {
      let failure = Failure(error)
      if output.json {
        let shape = RowsResultShape(table: table, nil, refusal: failure.prose.text)
        Console.give(try ShapeCoder.json(shape))
      }
      Progress.fail(failure)
      throw ExitCode(4)
    } catch {
      Progress.end()
      throw error
    }
  }

  /// Rows of several tables, which take nothing away.
  ///
  /// - Throws: `MigrationRefused` and all that is thrown through the door.
  func performTables(_ request: RowRequest) async throws {
    let lifecycle = try await environment.writing(
      waiting: waiting.seconds(otherwise: WaitingOptions.ofRows)
    )
    defer { Progress.end() }
    let (outcome, operation) =
      plan
      ? (try await lifecycle.plan(request), nil)
      : try await lifecycle.perform(request, by: .user).both
    Progress.end()
    guard case .imported(let report) = outcome else { return }
    if let operation { Console.isDone("operation \(operation)") }
    let shape = MigrationShape(report, operation: operation)
    let lines =
      if plan {
        outcome.isNothing
          ? shape.lines + ["Nothing would change."] : ["Would write:"] + shape.lines
      } else {
        shape.lines + [operation.map { "Done: operation \($0)." } ?? "Nothing changed."]
      }
    if plan || output.json || !output.quiet {
      try output.give(shape) { _ in lines.joined(separator: "\n") + "\n" }
    }
    if plan { throw ExitCode(outcome.isNothing ? 0 : 2) }
  }

  private func performOrAsk(
    _ request: RowRequest,
    _ table: String,
    isAgreed: Bool,
    _ lifecycle: Lifecycle
  ) async throws -> Lifecycle.RowsDone {
    do {
      return try await lifecycle.perform(request, by: .user, isAgreed: isAgreed)
    } catch let error as RowsConsentMissing
      where isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && !output.json
    {
      Progress.end()
      let text = RowsOutcomeText(table: table, outcome: error.outcome)
      Console.say(text.lines.joined(separator: "\n"))
      Console.say("Please note: \(text.warning). Type yes to do it:")
      Console.flush()
      guard readLine() == "yes" else { throw error }
      // What was shown is what is done.
      return try await lifecycle.perform(
        request,
        by: .user,
        isAgreed: true,
        expecting: error.outcome
      )
    }
  }

  private func show(_ outcome: RowsOutcome, of table: String, isAgreed: Bool) throws {
    try output.give(RowsResultShape(table: table, outcome)) { _ in
      let lines = RowsOutcomeText(table: table, outcome: outcome).lines
      return outcome.isNothing
        ? "Nothing would change.\n" : (["Would:"] + lines).joined(separator: "\n") + "\n"
    }
    throw ExitCode(outcome.isNothing ? 0 : outcome.isDestroying && !isAgreed ? 3 : 2)
  }

  private func tell(_ done: Lifecycle.RowsDone, of table: String) throws {
    if let operation = done.operation { Console.isDone("operation \(operation)") }
    if output.json {
      let shape = RowsResultShape(table: table, done.outcome, operation: done.operation)
      Console.give(try ShapeCoder.json(shape))
      return
    }
    guard !output.quiet else { return }
    guard let operation = done.operation else { return Console.say("Nothing to do.") }
    if case .written(let rows) = done.outcome {
      return Console.say("Done: operation \(operation), \(counted(rows, "row")) into \(table).")
    }
    Console.say(RowsOutcomeText(table: table, outcome: done.outcome).lines.joined(separator: "\n"))
    Console.say("Done: operation \(operation).")
  }

  private func refuse(
    _ table: String,
    _ outcome: RowsOutcome,
    _ why: Prose,
    status: Int32
  ) throws -> Never {
    if output.json {
      let shape = RowsResultShape(table: table, outcome, refusal: why.text)
      Console.give(try ShapeCoder.json(shape))
    } else if !output.quiet {
      Console.say(RowsOutcomeText(table: table, outcome: outcome).lines.joined(separator: "\n"))
    }
    Console.tell(why)
    throw ExitCode(status)
  }
}

extension Lifecycle.RowsDone {
  fileprivate var both: (RowsOutcome, Int?) { (outcome, operation) }
}
