extension Planner {
  /// Writes the layers that a package states, where they differ from what is there (LC-361).
  mutating func write(
    _ package: SolutionPackage,
    as solution: InstalledSolution,
    keepsOptions: Bool = false,
    reason: Reason
  ) {
    let owners = Owners(of: package, kinds: kinds)
    var assumed: [AssumedPresent.Base] = []
    var ignored: [RestrictionIgnored.Ignored] = []
    var overwriting = Overwriting()
    var written: [(component: Component, isNew: Bool)] = []
    var same: Set<ComponentID> = []
    for component in package.components {
      guard !component.isUnmodified else {
        same.insert(component.id)
        continue
      }
      discardPending(of: component, by: solution)
      var statement = statement(of: component, in: package, by: solution, owners)
      if keepsOptions { statement = statement.keepingOptions() }
      statement = statement.loosened()
      tell(Checks.ofStatements + statement.kind.checks, of: statement)
      if let base = assumeBase(under: statement) { assumed.append(base) }
      if component.isReference { continue }
      written.append((component, statement.stack == nil))
      if let passed = passedOver(by: statement) { ignored.append(passed) }
      if statement.isChange {
        put(statement.layer, isPublished: options.publishes)
        touch(component.id, solution.name, reason)
      } else if options.publishes, !solution.isManaged, state.drafts[component.id] != nil {
        discardDraft(of: component.id, reason)
      } else {
        same.insert(component.id)
      }
      overwrite(statement.component, over: statement.stack, by: solution, &overwriting)
    }
    deploy(package)
    for (component, isNew) in written { activate(component, isNew: isNew, by: solution) }
    unchanged += same.count { step.touched[$0] == nil }
    tell(assumed, by: package)
    if !ignored.isEmpty {
      tell(
        RestrictionIgnored(
          solution: package.name,
          ignored: ignored.sorted { $0.component.address < $1.component.address }
        )
      )
    }
    tell(overwriting, of: package)
    let mayMeetUnmanaged = mayHoldUnmanaged()
    tell(
      Checks.ofPackages,
      of: WrittenPackage(
        package,
        touched: Set(step.touched.keys),
        mayMeetUnmanaged: mayMeetUnmanaged,
        context
      )
    )
  }

  /// What is told to be nowhere is not taken to be somewhere as well.
  private mutating func tell(_ assumed: [AssumedPresent.Base], by package: SolutionPackage) {
    let missing = Set(findings.compactMap { ($0.content as? RootMissing)?.root.id })
    let bases = assumed.filter { !missing.contains($0.component.id) }
    if !bases.isEmpty { tell(AssumedPresent(solution: package.name, bases: bases)) }
  }

  private func statement(
    of component: Component,
    in package: SolutionPackage,
    by solution: InstalledSolution,
    _ owners: Owners
  ) -> Statement {
    let stack = base(of: component, by: solution)
    let ownership = stack == nil ? owners.ownership(of: component) : .own
    return Statement(
      component,
      kind: kinds[component.id.type],
      by: solution,
      source: .package(prefix: package.manifest.publisher.prefix),
      over: stack,
      // All unmanaged work shares one layer (LY-103).
      own: stack?.layer(of: solution.isManaged ? solution.name : .active),
      rank: rank(of: solution, on: stack),
      base: ownership.evidence
    )
  }

  /// Puts what is elsewhere under a component that comes first.
  ///
  /// - Returns: what is worth telling of it.
  private mutating func assumeBase(under statement: Statement) -> AssumedPresent.Base? {
    guard let evidence = statement.base else { return nil }
    let component = statement.component
    perform(.putLayer(Assumed.layer(under: component)))
    return statement.kind.isImplied
      ? nil : AssumedPresent.Base(component: named(component.id), evidence: evidence)
  }

  private func passedOver(by statement: Statement) -> RestrictionIgnored.Ignored? {
    guard !statement.passedOver.isEmpty else { return nil }
    return RestrictionIgnored.Ignored(
      component: named(statement.component),
      properties: statement.passedOver.map(\.name)
    )
  }
}
