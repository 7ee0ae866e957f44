extension Planner {
  /// Removes the old base and its patches and puts the pending upgrade in their place (LC-405).
  ///
  /// - Parameter name: the base solution, not the pending one.
  package mutating func applyUpgrade(of name: SolutionName) {
    guard let base = state.solutions[name] else { return notInstalled(name) }
    if case .holding(let real) = base.role {
      tell(HoldingSelected(holding: name, base: real))
      return
    }
    guard let holding = state.holding(of: name) else {
      tell(NothingStaged(solution: name))
      return
    }
    enter(base, .applyUpgrade, to: holding.version)
    let patches = state.patches(of: name)
    let all = patches.reduce(base.members) { $0.union($1.members) }
    let kept = keptWithWhole(
      all.subtracting(holding.members),
      of: (name, holding.version)
    )
    let removed = all.subtracting(holding.members).subtracting(kept)
    let promoted = holding.with(
      name: base.name,
      role: .ordinary,
      members: holding.members.union(kept)
    )
    // Old layers give way to the staged ones, which take the base's place.
    for id in all.union(holding.members).subtracting(removed).sorted() {
      flatten(
        id,
        patches: patches.map(\.name),
        holding: holding.name,
        into: promoted,
        isStated: false,
        Reason("the staged \(promoted.version) becomes the base", rule: "LC-405")
      )
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
    keepFallbackForms()
  }

  mutating func notInstalled(_ name: SolutionName) {
    let wanted = name.text.lowercased()
    let near = state.solutions.values.map(\.name).filter {
      wanted.contains($0.text.lowercased()) || $0.text.lowercased().contains(wanted)
    }
    tell(
      NotInstalled(solution: name, near: Array(near.sorted { $0.text < $1.text }.prefix(3)))
    )
  }

  mutating func enter(
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
        from: action == .uninstall ? nil : solution.version
      )
    )
  }
}
