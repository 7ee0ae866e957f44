extension Planner {
  /// Into the active layer; nothing is ever deleted (lifecycle.md §4.2).
  mutating func importUnmanaged(_ package: SolutionPackage, over installed: InstalledSolution?) {
    let manifest = package.manifest
    note(package, installed == nil ? .install : .update, from: installed)
    isOpenToUnmanaged(subject: manifest.name.text)
    checkPublisher(manifest, installed: installed)
    checkNeeds(package)
    if options.choice == .stage || options.choice == .upgrade {
      findings.append(
        Finding(
          .error,
          .bothManaged,
          rule: "E-4",
          subject: manifest.name.text,
          "\(manifest.name) is unmanaged; only managed solutions are upgraded",
          remedy: "import it without an action, or use the managed package",
          at: manifestLocation
        )
      )
    }
    if installed?.isManaged == true {
      isStuck = true
      findings.append(
        Finding(
          .error,
          .unmanagedOverManaged,
          rule: "lifecycle §3.4",
          subject: manifest.name.text,
          "\(manifest.name) is installed as a managed solution and the package is unmanaged",
          remedy: "import the managed package, or use another unique name",
          at: manifestLocation
        )
      )
      return
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
      members: members
    )
    if solution != installed { perform(.putSolution(solution)) }
    write(
      package,
      as: solution,
      reason: Reason("customized by \(manifest.name) \(manifest.version)", rule: "LY-103")
    )
  }
}
