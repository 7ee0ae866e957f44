extension Planner {
  /// Writes the layers that a package states, where they differ from what is there (lifecycle.md §3.6).
  mutating func write(
    _ package: SolutionPackage,
    as solution: InstalledSolution,
    keepsOptions: Bool = false,
    reason: Reason
  ) {
    // All unmanaged work shares one layer (LY-103).
    let owner = solution.isManaged ? solution.name : .active
    let owners = Owners(of: package, kinds: kinds)
    var assumed: [AssumedPresent.Base] = []
    var ignored: [RestrictionIgnored.Ignored] = []
    var overwriting = Overwriting()
    var written: [(component: Component, isNew: Bool)] = []
    var same: Set<ComponentID> = []
    for component in package.components {
      let kind = kinds[component.id.type]
      let stack = base(of: component, by: solution)
      if component.isUnmodified {
        same.insert(component.id)
        continue
      }
      discardPending(of: component, by: solution)
      judgeDifference(component, over: stack, kind: kind, solution: solution)
      if stack == nil, let base = assumeBase(under: component, of: package, owners) {
        assumed.append(base)
      }
      if component.isReference { continue }
      written.append((component, stack == nil))
      let own = stack?.layer(of: owner)
      let kept = keepsOptions ? keepingOptions(of: own, in: component) : component
      let stated =
        own?.definition != kept.definition || stack?.layers.count != 1
        ? loosened(kept, over: stack, by: solution, ignored: &ignored) : kept
      let rank = rank(of: solution, on: stack)
      if own?.definition == stated.definition, own?.rank == rank {
        if options.publishes, !solution.isManaged, state.drafts[component.id] != nil {
          discardDraft(of: component.id, reason)
        } else {
          same.insert(component.id)
        }
        overwrite(stated, over: stack, by: solution, &overwriting)
        continue
      }
      checkManagedProperties(stated, over: stack, own: own, by: solution)
      if let stack { judge(stated, over: stack, own: own, kind: kind, solution: solution) }
      put(
        Layer(solution: owner, publisher: solution.publisher, rank: rank, component: stated),
        isPublished: options.publishes
      )
      touch(component.id, solution.name, reason)
      overwrite(stated, over: stack, by: solution, &overwriting)
    }
    deploy(package)
    for (component, isNew) in written { activate(component, isNew: isNew, by: solution) }
    unchanged += same.count { touched[$0] == nil }
    if !assumed.isEmpty { tell(AssumedPresent(solution: package.name, bases: assumed)) }
    if !ignored.isEmpty {
      tell(
        RestrictionIgnored(
          solution: package.name,
          ignored: ignored.sorted { $0.component.address < $1.component.address }
        )
      )
    }
    tell(overwriting, of: package)
    checkManagedOnUnmanaged(package)
    checkReferences(of: package)
    checkChoices(of: package)
  }

  /// Puts what is elsewhere under a component that comes first.
  ///
  /// - Returns: what is worth telling of it.
  private mutating func assumeBase(
    under component: Component,
    of package: SolutionPackage,
    _ owners: Owners
  ) -> AssumedPresent.Base? {
    let kind = kinds[component.id.type]
    guard case .elsewhere(let evidence) = owners.ownership(of: component) else {
      if kind.type == ComponentKind.customControl.type { judgePrefix(component, of: package) }
      return nil
    }
    perform(.putLayer(Assumed.layer(under: component)))
    return Assumed.isImplied(kind)
      ? nil : AssumedPresent.Base(component: named(component.id), evidence: evidence)
  }

  /// An update takes no options away.
  private func keepingOptions(of own: Layer?, in component: Component) -> Component {
    guard kinds[component.id.type].merge == .unionOfOptions, let own,
      own.definition != component.definition
    else { return component }
    return component.with(Choices.keepingOptions(of: own.definition, in: component.definition))
  }
}
