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
      tell(ManagedExport(solution: name))
      return
    }
    if solution.version.text != version.text {
      tellLock(of: solution)
      if let parent = solution.parent.flatMap({ state.solutions[$0] }),
        !version.hasSameMajorMinor(as: parent.version)
      {
        tell(PatchVersion(patch: name, version: version, parentVersion: parent.version))
      }
      perform(.putSolution(solution.with(version: version)))
    }
  }
}
