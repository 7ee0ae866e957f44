extension Planner {
  /// Into the active layer; nothing is ever deleted (LC-402).
  mutating func importUnmanaged(_ package: SolutionPackage, over installed: InstalledSolution?)
    -> Outcome
  {
    let manifest = package.manifest
    enter(package, installed == nil ? .install : .update, from: installed)
    isOpenToUnmanaged(solution: manifest.name)
    tellOtherPublisher(manifest, installed: installed)
    tell(Checks.ofArrivals, of: package)
    if options.choice == .stage || options.choice == .upgrade {
      tell(UnmanagedUpgrade(solution: manifest.name), at: manifestLocation)
    }
    if installed?.isManaged == true {
      tell(UnmanagedOverManaged(solution: manifest.name), at: manifestLocation)
      return .stuck
    }
    addPublisher(manifest.publisher)
    let members = package.members.union(installed?.members ?? [])
    let solution = InstalledSolution(
      id: installed?.id ?? newID(of: manifest.name),
      name: manifest.name,
      displayName: manifest.displayName,
      version: manifest.version,
      isManaged: false,
      publisher: manifest.publisher.name,
      block: installed?.block ?? state.nextBlock,
      members: members,
      behaviors: (installed?.behaviors ?? [:]).merging(manifest.behaviors) { $1 }
    )
    if solution != installed {
      if let installed { tellLock(of: installed) }
      perform(.putSolution(solution))
    }
    write(
      package,
      as: solution,
      reason: Reason("customized by \(manifest.name) \(manifest.version)", rule: "LY-103")
    )
    return .planned
  }
}
