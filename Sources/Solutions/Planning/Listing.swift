extension Plan {
  /// Components that an unmanaged solution lists from now on; nothing is changed in them (LC-110 to LC-113).
  ///
  /// - Parameters:
  ///   - behavior: how much of tables comes along; what is proposed for each where none is given.
  ///   - withRequired: whether the unmanaged components that these name come along, and what those name.
  ///   - read: what packages that are kept say of roots of the solution.
  package static func listing(
    _ ids: Set<ComponentID>,
    in name: SolutionName,
    behavior: RootComponent.Behavior? = nil,
    withRequired: Bool = false,
    reading read: [ComponentID: RootComponent.Behavior] = [:],
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    planner.list(ids, in: name, behavior, read, withRequired: withRequired)
    return planner.plan()
  }

  /// Components that an unmanaged solution lists no longer; they stay in the environment (LC-114).
  ///
  /// - Parameter read: what packages that are kept say of roots of the solution.
  package static func unlisting(
    _ ids: Set<ComponentID>,
    from name: SolutionName,
    reading read: [ComponentID: RootComponent.Behavior] = [:],
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    planner.unlist(ids, from: name, read)
    return planner.plan()
  }
}

extension Planner {
  fileprivate mutating func list(
    _ ids: Set<ComponentID>,
    in name: SolutionName,
    _ behavior: RootComponent.Behavior?,
    _ read: [ComponentID: RootComponent.Behavior],
    withRequired: Bool
  ) {
    guard let solution = unmanaged(name) else { return }
    var listed = solution
    let sound = ids.sorted().filter { isListable($0) }
    add(sound, to: &listed, behavior, read)
    if withRequired { addRequired(to: &listed, besides: solution.members) }
    put(listed, insteadOf: solution)
  }

  private mutating func add(
    _ sound: [ComponentID],
    to solution: inout InstalledSolution,
    _ behavior: RootComponent.Behavior?,
    _ read: [ComponentID: RootComponent.Behavior]
  ) {
    var (members, behaviors) = (solution.members, solution.behaviors)
    let parts = state.parts()
    // What is named beside a table may be a part of it.
    for id in sound where id.type == .entity {
      let isNew = !members.contains(id)
      guard isNew || behavior != nil else { continue }
      let wanted = behavior ?? proposal(for: id, in: solution)
      guard wanted == .shell || isShown(id) else {
        tell(UnknownMember(component: named(id)))
        continue
      }
      members.insert(id)
      if isNew || (behaviors[id] ?? read[id]) != wanted { behaviors[id] = wanted }
      if wanted == .includeSubcomponents {
        members.formUnion(known(parts, below: id))
      } else if behavior == nil, !state.isOfBase(id, of: solution) {
        members.formUnion(known(parts, below: id).filter { isUnmanagedWork($0) })
      }
    }
    for id in sound where id.type != .entity {
      if let whole = whole(of: id), !members.contains(whole), !sound.contains(whole) {
        tell(
          SubcomponentWithoutRoot(
            component: named(id),
            whole: named(whole),
            solution: solution.name
          )
        )
        continue
      }
      members.insert(id)
      members.formUnion(known(parts, below: id))
    }
    solution = solution.with(members: members, behaviors: behaviors)
  }

  /// What new members name, and what that names, as far as nobody else brings it: the others stay needs of the package.
  private mutating func addRequired(
    to solution: inout InstalledSolution,
    besides old: Set<ComponentID>
  ) {
    var added: [RequiredAdded.Need] = []
    var others: Set<ComponentID> = []
    var wave = solution.members.subtracting(old)
    while !wave.isEmpty {
      let before = solution.members
      for id in wave.sorted() {
        for target in needs(of: id) where !solution.members.contains(target) {
          guard let stack = state.standing(target), !stack.isManaged, stack.isKnown,
            kinds.knows(target.type)
          else {
            if state.standing(target)?.isManaged == true { others.insert(target) }
            continue
          }
          include(target, in: &solution)
          added.append(RequiredAdded.Need(component: named(target), dependent: named(id)))
        }
      }
      wave = solution.members.subtracting(before)
    }
    if !added.isEmpty { tell(RequiredAdded(solution: solution.name, needs: added)) }
    if !others.isEmpty {
      tell(RequiredOfOthers(solution: solution.name, components: others.sorted().map(named)))
    }
  }

  /// What a component names for certain, by what is in effect and by its draft.
  private func needs(of id: ComponentID) -> [ComponentID] {
    let stated = [state.stacks[id], state.standing(id)].compactMap { $0?.top.component }
    let references = stated.flatMap { kinds[id.type].references($0) }
    return Set(references.filter { $0.isCertain && $0.type != .untracked }.map(\.target)).sorted()
  }

  /// A component with the whole that it cannot be listed without, which comes along with chosen parts alone.
  private func include(_ id: ComponentID, in solution: inout InstalledSolution) {
    var (members, behaviors) = (solution.members, solution.behaviors)
    members.insert(id)
    if id.type == .entity {
      behaviors[id] = proposal(for: id, in: solution)
      if behaviors[id] == .includeSubcomponents {
        members.formUnion(known(state.parts(), below: id))
      }
    } else if let whole = whole(of: id), members.insert(whole).inserted, whole.type == .entity {
      behaviors[whole] = .shell
    }
    solution = solution.with(members: members, behaviors: behaviors)
  }

  /// A solution in which components have been changed lists them from now on: a table whose settings have changed with
  /// these, one of which only parts have with chosen parts.
  mutating func list(changed ids: Set<ComponentID>, in name: SolutionName) {
    guard let old = state.solutions[name] else { return }
    var solution = old
    for id in ids.sorted() where state.standing(id) != nil {
      if !solution.members.contains(id) { include(id, in: &solution) }
      if id.type == .entity, solution.behaviors[id] == .shell {
        var behaviors = solution.behaviors
        behaviors[id] = .doNotIncludeSubcomponents
        solution = solution.with(behaviors: behaviors)
      }
    }
    put(solution, insteadOf: old)
  }

  fileprivate mutating func unlist(
    _ ids: Set<ComponentID>,
    from name: SolutionName,
    _ read: [ComponentID: RootComponent.Behavior]
  ) {
    guard let solution = unmanaged(name) else { return }
    let parts = state.parts()
    var gone: Set<ComponentID> = []
    for id in ids.sorted() {
      guard solution.members.contains(id) else {
        tell(NotListed(component: named(id), solution: name))
        continue
      }
      if let whole = whole(of: id), whole.type == .entity, !ids.contains(whole),
        solution.members.contains(whole),
        (solution.behaviors[whole] ?? read[whole]) == .includeSubcomponents
      {
        tell(ListedWithTable(component: named(id), table: named(whole), solution: name))
        continue
      }
      gone.insert(id)
      gone.formUnion(all(parts, below: id).filter { $0.type != .emailTemplate })
    }
    put(solution.with(members: solution.members.subtracting(gone)), insteadOf: solution)
  }

  private mutating func put(_ solution: InstalledSolution, insteadOf old: InstalledSolution) {
    guard solution != old else { return }
    tellLock(of: old)
    perform(.putSolution(solution))
  }

  // MARK: What may be listed

  private mutating func isListable(_ id: ComponentID) -> Bool {
    guard kinds.knows(id.type) else {
      tell(NoSolutionComponent(component: named(id)))
      return false
    }
    guard let stack = state.standing(id) else {
      // Tables of the platform are everywhere, whether or not somebody has spoken of them here.
      guard id.type == .entity, SystemBaseline.contains(id) else {
        tell(MemberNotThere(component: named(id)))
        return false
      }
      return true
    }
    guard id.type == .entity || stack.isKnown else {
      tell(UnknownMember(component: named(id)))
      return false
    }
    if let owner = ManagedProperties(stack, kinds[id.type].managedProperties)?.closer {
      tell(ClosedMember(component: named(id), owner: owner))
      return false
    }
    return true
  }

  /// Whether somebody has shown its definition.
  private func isShown(_ id: ComponentID) -> Bool { state.standing(id)?.isKnown == true }

  private func isUnmanagedWork(_ id: ComponentID) -> Bool {
    state.layer(of: id, by: .active) != nil || state.layer(of: id, by: .draft) != nil
  }

  /// LC-110: an unmanaged table whole, one that is customized with its settings, any other by chosen parts alone.
  ///
  /// A patch has only what has changed: of a table that its base lists, chosen parts.
  private func proposal(
    for table: ComponentID,
    in solution: InstalledSolution
  ) -> RootComponent.Behavior {
    guard let stack = state.standing(table), stack.isKnown else { return .shell }
    guard stack.isManaged else {
      return state.isOfBase(table, of: solution) ? .shell : .includeSubcomponents
    }
    return isUnmanagedWork(table) ? .doNotIncludeSubcomponents : .shell
  }

  // MARK: Wholes and parts

  /// What a component cannot be listed without.
  private func whole(of id: ComponentID) -> ComponentID? {
    guard !kinds[id.type].isListedAlone else { return nil }
    var (whole, seen): (ComponentID?, Set<ComponentID>) = (nil, [id])
    while let parent = state.standing(whole ?? id)?.top.component.parent,
      seen.insert(parent).inserted
    {
      whole = parent
    }
    return whole
  }

  private func all(
    _ parts: [ComponentID: [ComponentID]],
    below whole: ComponentID
  ) -> Set<ComponentID> {
    var (found, wave): (Set<ComponentID>, [ComponentID]) = ([], [whole])
    while !wave.isEmpty {
      wave = wave.flatMap { parts[$0] ?? [] }.filter { found.insert($0).inserted }
    }
    return found
  }

  /// Parts with a definition.
  private func known(
    _ parts: [ComponentID: [ComponentID]],
    below whole: ComponentID
  ) -> Set<ComponentID> {
    all(parts, below: whole).filter {
      isShown($0) && !kinds[$0.type].isListedAlone
    }
  }
}
