extension Planner {
  /// Takes a solution away with its patches (LC-408); an unmanaged one leaves its components (LC-409).
  package mutating func uninstall(_ name: SolutionName) {
    guard !name.isReserved else {
      tell(BuiltInSolution(solution: name))
      return
    }
    guard let solution = state.solutions[name] else { return notInstalled(name) }
    let patches = state.patches(of: name)
    enter(solution, .uninstall)
    guard solution.isManaged else {
      if !patches.isEmpty {
        tell(
          PatchesFirst(
            solution: name,
            patches: patches.reversed().map { "\($0.name) \($0.version)" }
          )
        )
      }
      perform(.removeSolution(name))
      return
    }
    if let holding = state.holding(of: name) {
      tell(UpgradePending(solution: name, version: holding.version))
    }
    remove(solution, patches)
  }

  /// Gives a pending upgrade up (LC-414).
  package mutating func discardUpgrade(of name: SolutionName) {
    let base: SolutionName =
      if case .holding(let base)? = state.solutions[name]?.role { base } else { name }
    guard let installed = state.solutions[base], let holding = state.holding(of: base) else {
      tell(NothingToDiscard(solution: name))
      return
    }
    enter(installed, .discard, to: holding.version)
    // The state is to be what it was before the stage, with all that was amiss in it: no form is made a fallback form
    // that was none then, and none is missed.
    drop(
      holding.members,
      of: Dropping(
        solution: holding.name,
        owners: [holding.name],
        publisher: holding.publisher,
        operation: .discard(of: base, holding.version)
      )
    )
    step.restReach = .exactly(after: holding.block)
    perform(.removeSolution(holding.name))
  }

  private mutating func remove(_ solution: InstalledSolution, _ patches: [InstalledSolution]) {
    let members = patches.reduce(solution.members) { $0.union($1.members) }
    drop(
      members,
      of: Dropping(
        solution: solution.name,
        owners: Set([solution.name] + patches.map(\.name)),
        publisher: solution.publisher,
        operation: .uninstall
      )
    )
    step.restReach = .after(solution.block)
    for patch in patches.reversed() { perform(.removeSolution(patch.name)) }
    perform(.removeSolution(solution.name))
    keepFallbackForms()
  }
}
