extension Planner {
  /// Removes the old base and its patches and puts the pending upgrade in their place (lifecycle.md §4.5).
  ///
  /// - Parameter name: the base solution, not the pending one.
  package mutating func applyUpgrade(of name: SolutionName) {
    guard let base = state.solutions[name] else { return notInstalled(name) }
    if case .holding(let real) = base.role {
      findings.append(
        Finding(
          .error,
          .wrongSolutionSelected,
          rule: "lifecycle §4.5",
          subject: name.text,
          "\(name) is the pending upgrade itself",
          remedy: "name the base solution: \(real)"
        )
      )
      return
    }
    guard let holding = state.holding(of: name) else {
      findings.append(
        Finding(
          .error,
          .nothingStaged,
          rule: "lifecycle §4.5",
          subject: name.text,
          "\(name) has no upgrade ready to be applied",
          remedy: "stage one: strata import PACKAGE --action stage"
        )
      )
      return
    }
    note(base, .applyUpgrade, to: holding.version)
    let patches = state.patches(of: name)
    let removed = patches.reduce(base.members) { $0.union($1.members) }
      .subtracting(holding.members)
    let promoted = holding.with(name: base.name, role: .ordinary)

    // Old layers give way to the staged ones, which take the base's place.
    let all = patches.reduce(base.members) { $0.union($1.members) }.union(holding.members)
    for id in all.subtracting(removed).sorted() {
      promote(id, from: holding, patches: patches, to: promoted)
    }
    drop(
      removed,
      of: Dropping(
        solution: name,
        owners: Set([name] + patches.map(\.name)),
        publisher: base.publisher,
        operation: .upgrade(to: holding.version)
      )
    )
    for patch in patches.reversed() { perform(.removeSolution(patch.name)) }
    perform(.removeSolution(holding.name))
    perform(.putSolution(promoted))
  }

  /// One component: the staged layer, or what is left of the old ones, becomes the base's layer.
  private mutating func promote(
    _ id: ComponentID,
    from holding: InstalledSolution,
    patches: [InstalledSolution],
    to promoted: InstalledSolution
  ) {
    let block = Set([promoted.name, holding.name] + patches.map(\.name))
    guard let stack = state.stacks[id] else { return }
    let own = stack.layers.filter { block.contains($0.solution) }
    guard let kept = own.last, own.count > 1 || kept.solution != promoted.name else { return }
    // The new layer first, so that the component is never without one.
    perform(
      .putLayer(
        Layer(
          solution: promoted.name,
          publisher: promoted.publisher,
          rank: promoted.rank,
          component: kept.component
        )
      )
    )
    for layer in own where layer.solution != promoted.name {
      perform(.removeLayer(id, layer.solution))
    }
    touch(
      id,
      promoted.name,
      Reason("the staged \(promoted.version) becomes the base", rule: "lifecycle §4.5")
    )
  }

  mutating func notInstalled(_ name: SolutionName) {
    findings.append(
      Finding(
        .error,
        .notInstalled,
        rule: "lifecycle §1.1",
        subject: name.text,
        "\(name) is not installed"
      )
    )
  }

  mutating func note(
    _ solution: InstalledSolution,
    _ action: Plan.Action,
    to version: SolutionVersion? = nil
  ) {
    packages.append(
      Plan.PlannedPackage(
        name: solution.name,
        version: version ?? solution.version,
        digest: nil,
        file: nil,
        isManaged: solution.isManaged,
        publisher: solution.publisher,
        action: action,
        from: solution.version
      )
    )
  }
}
