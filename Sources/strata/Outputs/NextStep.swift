import Contract
import Reading
import Solutions

/// What one does next: a line on standard error, for people at a terminal.
enum NextStep {
  /// After an environment was made.
  static let made: [Prose] = ["strata import PACKAGE"]

  /// After a plan that was shown, perhaps saved.
  static func planned(_ plan: PlanShape, savedAs file: String?) -> [Prose] {
    let error = plan.findings.first { $0.severity == .error }
    if let error { return ["strata explain \(error.code)"] }
    guard let file, plan.apply != nil, plan.status == 2 || plan.status == 3 else { return [] }
    return ["strata apply \(file)\(consent(to: plan))"]
  }

  /// More are no line that somebody types.
  private static let few = 4

  /// What `apply` has to be told; consent to a whole covers its parts.
  private static func consent(to plan: PlanShape) -> Prose {
    let deleted = plan.changes.filter { $0.action == .delete }.map(\.component)
    let all = Set(deleted.map { "\($0.kind):\($0.name)" })
    let wholes = deleted.filter { $0.parent.map { !all.contains($0) } ?? true }
    if wholes.count > few {
      return " --allow-destroy KIND:NAME, for each of the \(wholes.count) that go, or all"
    }
    return wholes.map { " --allow-destroy \($0.kind):\($0.name)" as Prose }.joined(separator: "")
  }

  /// After an operation that was done.
  static func done(_ plan: PlanShape) -> [Prose] {
    var steps: [Prose] = []
    for package in plan.packages where package.action == .stage {
      let base = package.uniqueName
      steps.append("strata upgrade apply \(base), or strata upgrade discard \(base)")
      steps.append("to move rows before: strata rows migrate")
    }
    let off = PlanReading(ReadablePlan(plan)).arrivingOff
    if let first = off.first {
      let more: Prose =
        off.count == 1 ? "" : ", and \(off.count - 1) more that arrived switched off"
      let enabling: Prose = plan.packages.isEmpty ? "" : "; or import with --enable-steps"
      steps.append("strata activate \(first.address)\(more)\(enabling)")
    }
    if let drafts = plan.summary.drafts, drafts > 0 { steps.append("strata publish") }
    if let rows = plan.summary.rowsLost, rows > 0 {
      steps.append("strata trash list shows what was dropped; strata rollback takes it back")
    }
    return steps
  }

  /// After a rollback of what was one itself, which brought back what somebody may have meant to leave behind.
  static func rolledBack(_ number: Int, thatUndid first: Int) -> [Prose] {
    let further: Prose = first > 1 ? "; to go further back: strata rollback \(first - 1)" : ""
    return ["operation \(number) was a rollback, which is undone now\(further)"]
  }

  /// After unmanaged work over a managed layer.
  static let covered: [Prose] = [
    "after the next upgrade strata layers --masked shows what this work hides of it"
  ]
}

extension Console {
  /// Whether somebody reads what comes next.
  static func isAdvised(_ output: OutputOptions) -> Bool {
    !output.quiet && !output.json && isTerminal
  }

  /// On standard error, and only where somebody reads it.
  static func suggest(_ steps: [Prose], _ output: OutputOptions) {
    guard isAdvised(output) else { return }
    for step in steps { tell("next: \(step)") }
  }
}
