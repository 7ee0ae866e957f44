extension Planner {
  /// LC-210: strictly higher, compared with the base only.
  mutating func tellLower(_ manifest: SolutionManifest, than installed: InstalledSolution) {
    guard manifest.version <= installed.version, !options.allowsLowerVersion else { return }
    tell(
      LowerVersion(
        solution: manifest.name,
        version: manifest.version,
        installed: installed.version
      ),
      at: manifestLocation
    )
  }

  /// LC-106: a solution stays with its publisher.
  mutating func tellOtherPublisher(_ manifest: SolutionManifest, installed: InstalledSolution?) {
    guard let installed, installed.publisher != manifest.publisher.name else { return }
    tell(
      WrongPublisher(
        solution: manifest.name,
        installed: installed.name,
        publisher: manifest.publisher.name,
        installedPublisher: installed.publisher
      ),
      at: manifestLocation
    )
  }

  /// Nothing comes in beside a pending upgrade (LC-341, E-2).
  mutating func tellPending(_ name: SolutionName) {
    guard let holding = state.holding(of: name) else { return }
    tell(HoldingExists(solution: name, holding: holding.name), at: manifestLocation)
  }
}
