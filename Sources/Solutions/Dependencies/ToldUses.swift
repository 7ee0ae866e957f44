extension DeletionClosure {
  /// What an environment told of uses of the components.
  struct ToldUses {
    /// What uses them, where no package can say that it no longer does.
    var certain: [ComponentID: [Dependent]] = [:]
    /// What may still use them, and nobody knows.
    ///
    /// By what packages said before it did, and no longer does, and a layer over it says what nobody knows; or it uses them
    /// in a way that nobody has seen in its definition.
    var possible: [ComponentID: [ComponentID]] = [:]
  }

  func toldUses(
    in state: InstalledState,
    since before: InstalledState,
    kinds: ComponentKinds
  ) -> ToldUses {
    guard let facts = state.facts else { return ToldUses() }
    let naming = Naming(of: all, in: state, kinds: kinds)
    func names(_ user: ComponentID, _ id: ComponentID, in state: InstalledState) -> Bool {
      state.stacks[user]?.references(kinds).contains { naming[$0.target].contains(id) } ?? false
    }
    var uses = ToldUses()
    for id in all.sorted() {
      for user in facts.users(of: id) where !all.contains(user) {
        if state.overrules(facts, of: user, since: before) {
          let isSeen = before.stacks[user].map { $0.hasOpaque || names(user, id, in: before) }
          if state.stacks[user] != nil, !facts.isWritten(user), isSeen == false {
            uses.possible[id, default: []].append(user)
          }
          continue
        }
        if names(user, id, in: before), !names(user, id, in: state) {
          uses.possible[id, default: []].append(user)
          continue
        }
        let dependent = Dependent(
          id: user,
          layer: state.stacks[user]?.top ?? Assumed.layer(named: user),
          via: [],
          isTold: true
        )
        uses.certain[id, default: []].append(dependent)
      }
    }
    return uses
  }
}

extension InstalledState {
  /// Whether the plan, or one since, makes another thing of the component, all of which is known: then that is what it
  /// names.
  fileprivate func overrules(
    _ facts: FactsIndex,
    of id: ComponentID,
    since before: InstalledState
  ) -> Bool {
    guard let stack = stacks[id] else { return before.stacks[id] != nil || facts.isWritten(id) }
    guard stack != before.stacks[id] || facts.isWritten(id), !stack.hasOpaque else { return false }
    // Only where the environment told all layers is a base that nobody has shown the platform's.
    return stack.layers.allSatisfy { !$0.isAssumed } || facts.component(id)?.layers != nil
  }

  /// Uses that an environment told, of what has not become another thing since.
  var toldUses: [(dependent: ComponentID, required: ComponentID)] {
    guard let facts else { return [] }
    return facts.facts.uses.filter(\.blocks).compactMap { use in
      let dependent = facts.id(of: use.dependent)
      guard stacks[dependent] != nil || !facts.isWritten(dependent),
        !overrules(facts, of: dependent, since: self)
      else { return nil }
      return (dependent, facts.id(of: use.required))
    }
  }
}
