/// What is to be deleted, on whose behalf, and what says something of it; it is still there.
struct Removed {
  let dropping: Dropping
  /// What the solution no longer has, deleted or not.
  let dropped: Set<ComponentID>
  let closure: DeletionClosure
  let uses: DeletionClosure.Uses
  let derivation: Derivation
}

extension Checks {
  /// A part stands in the way of its whole when another solution brought it, or when it is to stay: the new version
  /// still carries a part of what it has dropped (DP-307).
  static let parts = Check<Removed>("parts") { removed, context in
    let (dropping, state) = (removed.dropping, context.state)
    // A staged version that is being applied lists what the solution will have.
    let listing = state.holding(of: dropping.solution) ?? state.solutions[dropping.solution]
    return removed.closure.parts.sorted().compactMap { id in
      guard let stack = state.stacks[id] else { return nil }
      let isDropped = removed.dropped.contains(id)
      let whole = stack.top.component.parent.map { context.named($0) }
      if !isDropped, listing?.members.contains(id) == true, case .upgrade = dropping.operation {
        return Finding(
          PartWithoutWhole(part: context.named(id), whole: whole, cause: dropping.cause),
          at: stack.top.component.location
        )
      }
      // What is dropped stays where its publisher has another layer (LY-1203); one of somebody else's is told of elsewhere.
      let other = stack.layers.first {
        $0.rank.isManaged && !dropping.owners.contains($0.solution)
          && (!isDropped || $0.publisher == dropping.publisher)
      }
      return other.map { other in
        Finding(
          PartOfOthers(
            part: context.named(id),
            whole: whole,
            owner: other.solution,
            cause: dropping.cause,
            isTold: other.isOpaque
          )
        )
      }
    }
  }

  /// Nothing goes that others use; what a stage that is given up shares with its base was used before.
  static let uses = Check<Removed>("uses") { removed, context in
    let dropping = removed.dropping
    guard let base = dropping.discarded else {
      return removed.uses.blocked.map { context.blocked($0, removed) }
    }
    let naming = Naming(
      of: removed.uses.blocked.map(\.id),
      in: context.state,
      kinds: context.kinds
    )
    return removed.uses.blocked.flatMap { blocked -> [Finding] in
      // The base solution and its patches cannot change while the upgrade is pending: what they name they named before.
      let old = blocked.dependents.filter { context.names($0.id, blocked.id, naming, by: base) }
      let told = old.map { dependent in
        Finding(
          StagedOnly(
            component: context.named(dependent.id),
            target: context.named(blocked.id)
          )
        )
      }
      let ids = Set(old.map(\.id))
      let since = blocked.dependents.filter { !ids.contains($0.id) }
      guard !since.isEmpty else { return told }
      let rest = DeletionClosure.Blocked(id: blocked.id, dependents: since)
      return told + [context.blocked(rest, removed)]
    }
  }

  /// DP-440: what people added to what goes, and changed of it, goes along; by hand they know.
  static let unmanagedWork = Check<Removed>("unmanaged work") { removed, context in
    guard removed.dropping.operation != .removal else { return [] }
    let state = context.state
    let (made, changed) = removed.closure.all.sorted().reduce(
      into: (made: [NamedComponent](), changed: [NamedComponent]())
    ) { work, id in
      let stack = state.stacks[id]
      if stack?.isManaged != true {
        work.made.append(context.named(id))
      } else if state.drafts[id] != nil || stack?.layer(of: .active) != nil {
        work.changed.append(context.named(id))
      }
    }
    guard !made.isEmpty || !changed.isEmpty else { return [] }
    return [
      Finding(UnmanagedWorkGoes(cause: removed.dropping.cause, made: made, changed: changed))
    ]
  }

  /// What goes although something may use it in a way that the platform does not track.
  static let untrackedUses = Check<Removed>("untracked uses") { removed, context in
    // A table tells for its columns.
    let told = Set(removed.uses.untracked.map(\.id))
    return removed.uses.untracked.flatMap { used -> [Finding] in
      let parent = context.state.standing(used.id)?.top.component.parent
      guard !(parent.map { told.contains($0) } ?? false) else { return [] }
      let roles = used.dependents.filter { $0.id.type == ComponentKind.role.type }
      let others = used.dependents.filter { $0.id.type != ComponentKind.role.type }
      let component = context.named(used.id)
      var findings: [Finding] = []
      if !others.isEmpty {
        let uses = others.map { context.named($0) }
        findings.append(
          Finding(
            UntrackedUse(component: component, cause: removed.dropping.cause, uses: uses)
          )
        )
      }
      if !roles.isEmpty {
        findings.append(
          Finding(PrivilegesLost(table: component, roles: roles.map { context.named($0) }))
        )
      }
      return findings
    }
  }

  /// What goes although something may use it that nobody can read.
  static let unreadUses = Check<Removed>("unread uses") { removed, context in
    guard !removed.uses.unread.isEmpty else { return [] }
    let content = UnreadUses(
      solution: removed.dropping.solution,
      unread: removed.uses.unread.map {
        UnreadUses.Unread(
          component: context.named($0.layer.component.id),
          solution: $0.layer.solution,
          source: $0.source
        )
      }
    )
    return [Finding(content)]
  }
}

extension PlanContext {
  fileprivate func blocked(
    _ blocked: DeletionClosure.Blocked,
    _ removed: Removed
  ) -> Finding {
    let dropping = removed.dropping
    let text = DerivationText(
      derivation: removed.derivation,
      cause: dropping.cause,
      context: self
    )
    let blockage = Blockage(
      component: named(blocked.id),
      cause: dropping.cause,
      derivation: text.lines(for: blocked.id),
      uses: blocked.dependents.map { named($0) },
      provider: dropping.providers[blocked.id]
    )
    switch dropping.operation {
    case .upgrade, .removal: return Finding(InUse(blockage: blockage))
    case .uninstall, .discard:
      return blockage.uses.contains { $0.isManaged }
        ? Finding(UninstallProtected(blockage: blockage))
        : Finding(UninstallInUse(blockage: blockage))
    }
  }

  fileprivate func named(_ dependent: DeletionClosure.Dependent) -> NamedUse {
    NamedUse(
      component: named(dependent.id),
      layer: dependent.layer.solution,
      isManaged: dependent.layer.rank.isManaged,
      via: dependent.via,
      isTold: dependent.isTold
    )
  }

  /// Whether a layer of the solution or of its patches names the component.
  fileprivate func names(
    _ id: ComponentID,
    _ target: ComponentID,
    _ naming: Naming,
    by base: SolutionName
  ) -> Bool {
    (state.stacks[id]?.layers ?? []).contains { layer in
      family(of: layer.solution) == base
        && kinds[id.type].references(layer.component).contains {
          naming[$0.target].contains(target)
        }
    }
  }
}
