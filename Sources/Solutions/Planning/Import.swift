extension Planner {
  /// Plans one package after what is planned already (LC-341).
  @discardableResult
  package mutating func add(_ package: SolutionPackage) -> Outcome {
    findings += package.findings
    let manifest = package.manifest
    let name = manifest.name
    let installed = state.solutions[name]
    if let parent = patchParent(of: manifest) { return patch(package, parent: parent) }
    guard manifest.isManaged else { return importUnmanaged(package, over: installed) }
    tellOtherPublisher(manifest, installed: installed)
    tellPending(name)
    tell(Checks.ofArrivals, of: package)
    guard let installed else {
      install(package)
      return .planned
    }
    tellMembers(of: installed)
    if !installed.isManaged {
      enter(package, .install, from: installed)
      tell(ManagedOverUnmanaged(solution: name), at: manifestLocation)
      return .stuck
    }
    switch action(for: manifest, over: installed) {
    case .stage: stage(package, over: installed)
    case .update: update(package, over: installed)
    default: upgrade(package, over: installed)
    }
    return .planned
  }

  /// By the manifest, or by the name where the parent that it speaks of is there (PF-230).
  private func patchParent(of manifest: SolutionManifest) -> SolutionName? {
    manifest.patchOf ?? manifest.name.patchParent.flatMap { state.solutions[$0]?.name }
  }

  var manifestLocation: Location { Location(file: "solution.xml", line: 0) }

  /// The way in that the user chose, or the default: upgrade when higher, update when the same (LC-211, LC-212).
  private func action(
    for manifest: SolutionManifest,
    over installed: InstalledSolution
  ) -> Plan.Action {
    switch options.choice {
    case .auto: manifest.version == installed.version ? .update : .upgrade
    case .upgrade: .upgrade
    case .stage: .stage
    case .update: .update
    }
  }

  mutating func enter(
    _ package: SolutionPackage,
    _ action: Plan.Action,
    from installed: InstalledSolution? = nil
  ) {
    packages.append(
      Plan.PlannedPackage(
        name: package.name,
        version: package.manifest.version,
        digest: package.digest,
        file: package.file,
        isManaged: package.manifest.isManaged,
        publisher: package.manifest.publisher.name,
        action: action,
        from: installed?.version
      )
    )
  }

  mutating func addPublisher(_ publisher: Publisher) {
    // LC-107: an existing publisher is left as it is.
    if state.publishers[publisher.name] == nil { perform(.putPublisher(publisher)) }
  }
}
