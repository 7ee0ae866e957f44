package import Solutions

/// Why an operation was not done; nothing has changed.
package enum LifecycleError: Error, Sendable {
  /// One operation at a time (LC-301).
  case busy(wanted: String, running: Attempt?)
  case refused(Plan)
  /// Deletions that nobody has agreed to.
  case consentMissing(Plan, [Change])
  /// A saved plan is not what would happen now.
  case planChanged(Plan)
  case noSuchOperation(Int, newest: Int)
}

extension LifecycleError: RemediedError {
  package var remedy: Remedy? { if case .busy = self { .waitForTurn } else { nil } }

  package var prose: Prose {
    switch self {
    case .busy(let wanted, let running?):
      "Cannot start the requested operation [\(wanted)] because there is another [\(running.title)] running "
        + "at this moment (0x80071151), since \(running.started) by \(running.who), process \(running.process)"
    case .busy(let wanted, nil):
      "Cannot start the requested operation [\(wanted)] because there is another running "
        + "at this moment (0x80071151); which one is not known, since it has not told yet"
    case .refused(let plan):
      "refused: \(plan.findings.count { $0.severity == .error }.counted("error")); nothing was changed"
    case .consentMissing(_, let changes):
      "\(changes.count.counted("component")) would be destroyed and nobody has agreed; nothing was changed"
    case .planChanged:
      "the plan is not what would happen now; nothing was changed"
    case .noSuchOperation(let number, let newest):
      newest == 0
        ? "there is no operation to undo"
        : "there is no operation \(number); the newest is \(newest)"
    }
  }
}
