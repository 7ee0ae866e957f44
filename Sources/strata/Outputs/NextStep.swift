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
    let consent: Prose = plan.status == 3 ? " --allow-destroy KIND:NAME" : ""
    return ["strata apply \(file)\(consent)"]
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
      steps.append("strata activate \(first.address)\(more)")
    }
    if let drafts = plan.summary.drafts, drafts > 0 { steps.append("strata publish") }
    if let rows = plan.summary.rowsLost, rows > 0 {
      steps.append("strata trash list shows what was dropped; strata rollback takes it back")
    }
    return steps
  }
}

extension Console {
  /// On standard error, and only where somebody reads it.
  static func suggest(_ steps: [Prose], _ output: OutputOptions) {
    guard !output.quiet, !output.json, isTerminal else { return }
    for step in steps { tell("next: \(step)") }
  }
}
