extension Planner {
  /// In place: replaces, deletes nothing (lifecycle.md §4.3).
  mutating func update(_ package: SolutionPackage, over installed: InstalledSolution) {
    note(package, .update, from: installed)
    let manifest = package.manifest
    if manifest.version < installed.version, !options.allowsLowerVersion {
      findings.append(
        Finding(
          .error,
          .lowerVersionUpdate,
          rule: "LC-213",
          .inferred,
          subject: manifest.name.text,
          "version \(manifest.version) is lower than the installed \(installed.version)",
          remedy: "uninstall, or import a higher version",
          at: manifestLocation
        )
      )
    }
    let patches = state.patches(of: installed.name)
    if !patches.isEmpty {
      findings.append(
        Finding(
          .warning,
          .updateOverPatches,
          rule: "lifecycle §4.3",
          .inferred,
          subject: manifest.name.text,
          "patches stay on top and keep hiding what they changed: "
            + patches.map { "\($0.name) \($0.version)" }.joined(separator: ", "),
          remedy: "upgrade instead: it rolls the patches up",
          at: manifestLocation
        )
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
