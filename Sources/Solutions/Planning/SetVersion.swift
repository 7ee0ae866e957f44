extension Plan {
  /// Gives an unmanaged solution another version (LC-219).
  package static func settingVersion(
    of name: SolutionName,
    to version: SolutionVersion,
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    planner.setVersion(of: name, to: version)
    return planner.plan()
  }
}

extension Planner {
  fileprivate mutating func setVersion(of name: SolutionName, to version: SolutionVersion) {
    guard let solution = state.solutions[name] else { return notInstalled(name) }
    guard !solution.isManaged else {
      tell(ManagedSolutionKept(solution: name))
      return
    }
    guard solution.version.text != version.text else { return }
    tellLock(of: solution)
    if let objection = state.objection(to: version, of: solution) { tell(objection) }
    perform(.putSolution(solution.with(version: version)))
  }
}

extension InstalledState {
  /// What stands against another version of a patch (LC-214); of other solutions nothing does.
  func objection(to version: SolutionVersion, of patch: InstalledSolution) -> (any FindingContent)?
  {
    guard version.text != patch.version.text, let parent = patch.parent.flatMap({ solutions[$0] })
    else { return nil }
    guard version.hasSameMajorMinor(as: parent.version) else {
      return PatchVersion(patch: patch.name, version: version, parentVersion: parent.version)
    }
    let siblings = patches(of: parent.name).filter { $0.name != patch.name }
    let other = version <= parent.version ? parent : siblings.first { $0.version == version }
    return other.map {
      PatchVersionTaken(
        patch: patch.name,
        version: version,
        other: $0.name,
        otherVersion: $0.version
      )
    }
  }
}
