import Contract
import Solutions

extension SmartDiffShape {
  var text: Prose {
    applied
      ? "SmartDiff skipped \(counted(skipped, "component")): \(reason)"
      : "SmartDiff was off: \(reason)"
  }
}
