/// What the user chooses beside the packages.
package struct PlanOptions: Sendable {
  /// Which way a higher version comes in; `auto` is the default of every surface.
  package enum Choice: String, CaseIterable, Sendable {
    case auto
    case upgrade
    case stage
    case update
  }

  package var choice: Choice
  /// Needs that neither package nor target meets are taken as met.
  package var assumesPresent: Bool
  /// Solutions that the target is said to have, with the version where one is given: needs of theirs are met.
  package var assumedSolutions: [SolutionName: SolutionVersion?] = [:]
  /// Needs that are not met refuse the plan; without it they are a warning (packages alone, contract).
  package var isStrict: Bool
  package var counts: RowCounts
  /// What the package says also replaces unmanaged definitions (LC-310).
  package var overwritesCustomizations: Bool
  /// Plug-in steps are enabled and processes activated (LC-601); off as in the command-line client.
  package var enablesProcesses: Bool
  /// A lower version may come in, for going back (LC-900 C-1).
  package var allowsLowerVersion: Bool
  /// Unmanaged work takes effect at once; an import publishes all other drafts, too (LC-331).
  package var publishes: Bool
  package var deployment: DeploymentSettings
  /// What becomes of values in the trash whose column or table comes back.
  package var dropped: DroppedData
  /// Checks that are not asked, by name: only laws leave any out.
  package var skippedChecks: Set<String> = []

  package init(
    choice: Choice = .auto,
    assumesPresent: Bool = false,
    isStrict: Bool = false,
    counts: RowCounts = RowCounts(),
    overwritesCustomizations: Bool = false,
    enablesProcesses: Bool = false,
    allowsLowerVersion: Bool = false,
    publishes: Bool = false,
    deployment: DeploymentSettings = DeploymentSettings(),
    dropped: DroppedData = .unasked
  ) {
    self.overwritesCustomizations = overwritesCustomizations
    self.enablesProcesses = enablesProcesses
    self.allowsLowerVersion = allowsLowerVersion
    self.publishes = publishes
    self.deployment = deployment
    self.dropped = dropped
    self.choice = choice
    self.assumesPresent = assumesPresent
    self.isStrict = isStrict
    self.counts = counts
  }
}

extension PlanOptions {
  /// Whether the solution that a need names (`Base (1.0.0.0)`) is said to be there, in that version or a higher one.
  func isAssumed(_ need: MissingDependency) -> Bool {
    guard !assumedSolutions.isEmpty, let provider = need.provider else { return false }
    let words = provider.split(separator: " ")
    guard let name = words.first.flatMap({ SolutionName(String($0)) }),
      let assumed = assumedSolutions[name]
    else { return false }
    let text = words.dropFirst().joined().filter { !"()".contains($0) }
    guard let assumed, let wanted = SolutionVersion(text) else { return true }
    return assumed >= wanted
  }
}

/// What a target gives a package: values of its environment variables, connections for its connection references.
package struct DeploymentSettings: Equatable, Sendable {
  /// By schema name.
  package var values: [String: String]
  /// Connection ids by logical name.
  package var connections: [String: String]

  package init(values: [String: String] = [:], connections: [String: String] = [:]) {
    self.values = values
    self.connections = connections
  }
}
