/// What was chosen for an import, as the history and saved plans keep it.
package struct OperationOptions: Equatable, Sendable {
  package var choice: PlanOptions.Choice
  package var assumesPresent: Bool
  package var overwritesCustomizations: Bool
  package var enablesProcesses: Bool
  /// nil in what releases kept that could not be asked for it; means no.
  package var publishes: Bool?
  /// What lies in the trash stays there; nil likewise.
  package var leavesTrash: Bool?
  /// Where the values of environment variables and connections were.
  package var settingsFile: String?

  package init(
    choice: PlanOptions.Choice = .auto,
    assumesPresent: Bool = false,
    overwritesCustomizations: Bool = false,
    enablesProcesses: Bool = false,
    publishes: Bool? = false,
    leavesTrash: Bool? = false,
    settingsFile: String? = nil
  ) {
    self.choice = choice
    self.assumesPresent = assumesPresent
    self.overwritesCustomizations = overwritesCustomizations
    self.enablesProcesses = enablesProcesses
    self.publishes = publishes
    self.leavesTrash = leavesTrash
    self.settingsFile = settingsFile
  }
}

extension PlanOptions {
  /// The same for planning.
  ///
  /// - Parameter deployment: what stands in the settings file.
  package init(
    _ options: OperationOptions,
    isStrict: Bool,
    counts: RowCounts = RowCounts(),
    deployment: DeploymentSettings
  ) {
    self.init(
      choice: options.choice,
      assumesPresent: options.assumesPresent,
      isStrict: isStrict,
      counts: counts,
      overwritesCustomizations: options.overwritesCustomizations,
      enablesProcesses: options.enablesProcesses,
      publishes: options.publishes ?? false,
      deployment: deployment,
      dropped: options.leavesTrash ?? false ? .left(Trashed()) : .returned(Trashed())
    )
  }
}
