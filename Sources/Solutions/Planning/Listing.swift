extension Plan {
  /// Components that an unmanaged solution lists from now on; nothing is changed in them (LC-110 to LC-113).
  ///
  /// - Parameters:
  ///   - behavior: how much of tables comes along; what is proposed for each where none is given.
  ///   - read: what packages that are kept say of roots of the solution.
  package static func listing(
    _ ids: Set<ComponentID>,
    in name: SolutionName,
    behavior: RootComponent.Behavior? = nil,
    reading read: [ComponentID: RootComponent.Behavior] = [:],
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    planner.list(ids, in: name, behavior, read)
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
    _ read: [ComponentID: RootComponent.Behavior]
  ) {
    guard let solution = unmanaged(name) else { return }
    var (members, behaviors) = (solution.members, solution.behaviors)
    let parts = state.parts()
    let sound = ids.sorted().filter { isListable($0) }
    // What is named beside a table may be a part of it.
    for id in sound where id.type == .entity {
      let isNew = !members.contains(id)
      guard isNew || behavior != nil else { continue }
      let wanted = behavior ?? proposal(for: id)
      guard wanted == .shell || isShown(id) else {
        tell(UnknownMember(component: named(id)))
        continue
      }
      members.insert(id)
      if isNew || (behaviors[id] ?? read[id]) != wanted { behaviors[id] = wanted }
      if wanted == .includeSubcomponents {
        members.formUnion(known(parts, below: id))
      } else if behavior == nil {
        members.formUnion(known(parts, below: id).filter { isUnmanagedWork($0) })
      }
    }
    for id in sound where id.type != .entity {
      if let whole = whole(of: id), !members.contains(whole) {
        tell(SubcomponentWithoutRoot(component: named(id), whole: named(whole), solution: name))
        continue
      }
      members.insert(id)
      members.formUnion(known(parts, below: id))
    }
    put(solution.with(members: members, behaviors: behaviors), insteadOf: solution)
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
      gone.formUnion(all(parts, below: id))
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
  private func proposal(for table: ComponentID) -> RootComponent.Behavior {
    guard let stack = state.standing(table), stack.isKnown else { return .shell }
    guard stack.isManaged else { return .includeSubcomponents }
    return isUnmanagedWork(table) ? .doNotIncludeSubcomponents : .shell
  }

  // MARK: Wholes and parts

  /// What a component cannot be listed without; nil for what stands alone, as values of variables do.
  private func whole(of id: ComponentID) -> ComponentID? {
    guard id.type != ComponentKind.environmentVariableValue.type else { return nil }
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

  /// Parts with a definition; a value of a variable belongs to the environment.
  private func known(
    _ parts: [ComponentID: [ComponentID]],
    below whole: ComponentID
  ) -> Set<ComponentID> {
    all(parts, below: whole).filter {
      isShown($0) && $0.type != ComponentKind.environmentVariableValue.type
    }
  }
}
