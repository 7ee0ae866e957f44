extension Planner {
  /// First import of a managed solution (LC-401).
  mutating func install(_ package: SolutionPackage) {
    enter(package, .install)
    let manifest = package.manifest
    if options.choice == .stage {
      tell(HoldingWithoutBase(solution: manifest.name), at: manifestLocation)
    }
    addPublisher(manifest.publisher)
    let solution = InstalledSolution(
      id: newID(of: manifest.name),
      name: manifest.name,
      displayName: manifest.displayName,
      version: manifest.version,
      isManaged: true,
      publisher: manifest.publisher.name,
      block: state.nextBlock,
      members: package.members
    )
    perform(.putSolution(solution))
    write(
      package,
      as: solution,
      reason: Reason("part of \(manifest.name) \(manifest.version)", rule: "LY-201")
    )
  }
}
