import Contract

extension SmartDiffShape {
  var text: String {
    applied
      ? "SmartDiff skipped \(counted(skipped, "component")): \(reason)"
      : "SmartDiff was off: \(reason)"
  }
}
