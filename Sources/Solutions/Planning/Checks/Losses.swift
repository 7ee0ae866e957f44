internal import XML

/// What a step loses that only rows can tell, and what cannot be told of it.
extension Checks {
  /// Lookups that stay and no longer lead where they led: their relationship goes, and another one may have come.
  static let targets = Check<[Change]>("targets of lookups") { changes, context in
    let gone = changes.filter { change in
      change.action == .delete && context.kinds[change.id.type].physical == .relationship
    }
    guard !gone.isEmpty else { return [] }
    let (start, end) = (context.stepStart, context.state)
    let kept = Set(end.stacks.compactMap { context.link(of: $0.key, in: end) })
    return gone.compactMap { change in
      guard let link = context.link(of: change.id, in: start), !kept.contains(link),
        case let column = ComponentID.attribute(link.table, link.column),
        end.stacks[column] != nil, start.stacks[column] != nil
      else { return nil }
      let content = TargetLost(
        column: context.named(column),
        relationship: context.named(change.id),
        target: link.target
      )
      return Finding(content, at: change.at)
    }
  }

  /// Options that nobody states any more.
  static let options = Check<[Change]>("options") { changes, context in
    changes.compactMap { change in
      let (id, kinds) = (change.id, context.kinds)
      guard kinds[id.type].merge == .unionOfOptions,
        let before = context.stepStart.stacks[id], let after = context.state.stacks[id],
        let old = context.stepStart.options(of: id, kinds: kinds),
        // Of a base alone of which nothing is known no option is known either.
        let new = context.state.options(of: id, kinds: kinds) ?? (after.isKnown ? nil : [])
      else { return nil }
      // A choice that loses options says so itself; its columns only where they are bound to another one.
      let merge = kinds[id.type].merge
      let binding = before.effective(merge).definition.globalChoice
      if binding != nil, binding == after.effective(merge).definition.globalChoice { return nil }
      let left = Set(new.map(\.value))
      // The platform's own options, which solutions repeat, stay with a base of which nothing is known.
      let lost = old.filter { option in
        !left.contains(option.value)
          && (!before.base.isAssumed || (Int(option.value) ?? 0) >= Self.ownOptionMin)
      }
      guard !lost.isEmpty else { return nil }
      let content = OptionsLost(
        component: context.named(id),
        options: lost.map { OptionsLost.Option(value: $0.value, label: $0.label) }
      )
      return Finding(content, at: change.at)
    }
  }

  /// From here on numbers of options begin with the prefix of a publisher.
  private static let ownOptionMin = 10_000

  /// Forms, site maps and apps of which only differences are known.
  static let bases = Check<[Change]>("bases") { changes, context in
    let components = Set(changes.filter { !$0.isBaseKnown }.map { context.named($0.id) }).inOrder
    return components.isEmpty ? [] : [Finding(BaseUnknown(components: components))]
  }
}

extension PlanContext {
  fileprivate func link(of id: ComponentID, in state: InstalledState) -> LookupLink? {
    guard kinds[id.type].physical == .relationship else { return nil }
    return state.stacks[id]?.effective(kinds[id.type].merge).definition.lookupLink
  }
}
