extension Planner {
  /// In place: replaces, deletes nothing (LC-403).
  mutating func update(_ package: SolutionPackage, over installed: InstalledSolution) {
    enter(package, .update, from: installed)
    let manifest = package.manifest
    if manifest.version < installed.version, !options.allowsLowerVersion {
      tell(
        LowerVersionUpdate(
          solution: manifest.name,
          version: manifest.version,
          installed: installed.version
        ),
        at: manifestLocation
      )
    }
    let patches = state.patches(of: installed.name)
    if !patches.isEmpty {
      tell(
        UpdateOverPatches(
          solution: manifest.name,
          patches: patches.map { "\($0.name) \($0.version)" }
        ),
        at: manifestLocation
      )
    }
    tellKept(installed.members.subtracting(package.members), by: manifest)
    let solution = installed.with(
      version: manifest.version,
      displayName: manifest.displayName,
      members: installed.members.union(package.members)
    )
    if solution != installed { perform(.putSolution(solution)) }
    write(
      package,
      as: solution,
      keepsOptions: true,
      reason: Reason("updated by \(manifest.name) \(manifest.version)", rule: "LY-204")
    )
  }

  /// What an upgrade would take away, and what is only its own; a whole stands for its parts.
  private mutating func tellKept(_ old: Set<ComponentID>, by manifest: SolutionManifest) {
    let kept = old.filter { id in
      guard let stack = state.stacks[id] else { return false }
      let isOwn = stack.layers.contains { $0.solution == manifest.name }
      return isOwn && !outlives(stack, old)
    }
    guard !kept.isEmpty else { return }
    var parts: [ComponentID: Int] = [:]
    var alone: [ComponentID] = []
    for id in kept {
      let whole = state.stacks[id]?.top.component.parent
      if let whole, kept.contains(whole) { parts[whole, default: 0] += 1 } else { alone.append(id) }
    }
    tell(
      UpdateKeeps(
        solution: manifest.name,
        version: manifest.version,
        kept: alone.map { UpdateKeeps.Kept(component: named($0), parts: parts[$0] ?? 0) }
          .sorted { $0.component.address < $1.component.address }
      ),
      at: manifestLocation
    )
  }
}
