package import Solutions

/// What an import left alone, and why (LC-320 … LC-322): the layer that is there has the hash of the package.
package struct SmartDiffShape: Codable, Sendable {
  package let applied: Bool
  /// Components that were not processed.
  package let skipped: Int
  package let reason: String

  /// nil for what is no import.
  package init?(_ operation: Operation) {
    guard !operation.packages.isEmpty, ["import", "downgrade"].contains(operation.record.verb)
    else { return nil }
    let actions = Set(operation.packages.map(\.action))
    let replacing: Set<Plan.Action> = [.update, .upgrade]
    if operation.record.options?.overwritesCustomizations == true {
      applied = false
      reason = "customizations were overwritten, so every component was processed (LC-310)"
    } else if actions.isDisjoint(with: replacing) {
      applied = false
      reason = "only an update or an upgrade has a former import to compare with (LC-320)"
    } else {
      applied = true
      reason = "their layers have the hash of the package (LC-321)"
    }
    skipped = applied ? operation.counts.unchanged : 0
  }
}
