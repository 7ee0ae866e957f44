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
}
