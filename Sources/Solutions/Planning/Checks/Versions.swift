extension Planner {
  /// LC-210: strictly higher, compared with the base only.
  mutating func checkHigher(_ manifest: SolutionManifest, than installed: InstalledSolution) {
    guard manifest.version <= installed.version, !options.allowsLowerVersion else { return }
    findings.append(
      Finding(
        .error,
        .lowerVersion,
        rule: "LC-210",
        subject: manifest.name.text,
        "version \(manifest.version) is not higher than the installed \(installed.version)",
        remedy: manifest.version == installed.version
          ? "raise the version, or import as update" : "raise the version",
        at: manifestLocation
      )
    )
  }

  /// LC-106: a solution stays with its publisher.
  mutating func checkPublisher(_ manifest: SolutionManifest, installed: InstalledSolution?) {
    guard let installed, installed.publisher != manifest.publisher.name else { return }
    findings.append(
      Finding(
        .error,
        .wrongPublisher,
        rule: "LC-106",
        subject: manifest.name.text,
        "the publisher cannot be changed from \(installed.publisher) to \(manifest.publisher.name)",
        remedy:
          "export the new version with the publisher \(installed.publisher), or uninstall \(installed.name) "
          + "first (its data goes)",
        at: manifestLocation
      )
    )
  }

  /// Nothing comes in beside a pending upgrade (lifecycle.md §3.4, E-2).
  mutating func checkPending(_ name: SolutionName) {
    guard let holding = state.holding(of: name) else { return }
    findings.append(
      Finding(
        .error,
        .cloneException,
        rule: "E-2",
        subject: name.text,
        "holding solution \(holding.name) exists; \(name) cannot be changed beside it",
        remedy: "apply the pending upgrade, or discard it",
        at: manifestLocation
      )
    )
  }
}
