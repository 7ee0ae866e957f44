extension Planner {
  /// The new version beside the old, until it is applied or given up (LC-404).
  mutating func stage(_ package: SolutionPackage, over installed: InstalledSolution) {
    enter(package, .stage, from: installed)
    let manifest = package.manifest
    tellLower(manifest, than: installed)
    tellHigherPatches(state.patches(of: installed.name), manifest)
    let holding = InstalledSolution(
      id: newID(of: installed.name.holding),
      name: installed.name.holding,
      displayName: manifest.displayName,
      version: manifest.version,
      isManaged: true,
      publisher: installed.publisher,
      role: .holding(of: installed.name),
      block: installed.block,
      members: package.members
    )
    perform(.putSolution(holding))
    write(
      package,
      as: holding,
      reason: Reason("staged by \(manifest.name) \(manifest.version)", rule: "LY-202")
    )
  }
}
