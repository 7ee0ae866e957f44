internal import XML

/// What is lost that only rows can tell.
extension Planner {
  /// Lookups that stay and no longer lead where they led: their relationship goes, and another one may have come.
  mutating func tellLostTargets(_ changes: [Change]) {
    let gone = changes.filter { change in
      change.action == .delete && kinds[change.id.type].physical == .relationship
    }
    guard !gone.isEmpty else { return }
    let kept = Set(state.stacks.compactMap { link(of: $0.key, in: state) })
    for change in gone {
      guard let link = link(of: change.id, in: stepStart), !kept.contains(link),
        case let column = ComponentID.attribute(link.table, link.column),
        state.stacks[column] != nil, stepStart.stacks[column] != nil
      else { continue }
      tell(
        TargetLost(column: named(column), relationship: named(change.id), target: link.target),
        at: change.at
      )
    }
  }

  private func link(of id: ComponentID, in state: InstalledState) -> LookupLink? {
    guard kinds[id.type].physical == .relationship else { return nil }
    return state.stacks[id]?.effective(kinds[id.type].merge).definition.lookupLink
  }

  /// Options that nobody states any more.
  mutating func tellLostOptions(_ changes: [Change]) {
    for change in changes {
      guard kinds[change.id.type].merge == .unionOfOptions,
        let before = stepStart.stacks[change.id], !before.base.isAssumed,
        let after = state.stacks[change.id],
        let old = stepStart.options(of: change.id, kinds: kinds),
        let new = state.options(of: change.id, kinds: kinds)
      else { continue }
      // A choice that loses options says so itself; its columns only where they are bound to another one.
      let merge = kinds[change.id.type].merge
      let binding = before.effective(merge).definition.globalChoice
      if binding != nil, binding == after.effective(merge).definition.globalChoice { continue }
      let left = Set(new.map(\.value))
      let lost = old.filter { !left.contains($0.value) }
      guard !lost.isEmpty else { continue }
      tell(
        OptionsLost(
          component: named(change.id),
          options: lost.map { OptionsLost.Option(value: $0.value, label: $0.label) }
        ),
        at: change.at
      )
    }
  }
}
