package import Solutions

/// What was chosen for an import, as saved plans and the history tell it.
package struct OptionsShape: Codable, Sendable {
  package let action: Wire.Choice
  package let assumePresent: Bool
  package let overwriteCustomizations: Bool
  package let enableSteps: Bool
  /// Missing in plans of earlier releases.
  package let publishChanges: Bool?
  /// Likewise.
  package let noData: Bool?
  @Nullable package var settingsFile: String?
  /// False where what is lost was not counted; absent otherwise.
  package var count: Bool?

  package init(_ options: OperationOptions) {
    action = Wire.Choice(options.choice)
    assumePresent = options.assumesPresent
    overwriteCustomizations = options.overwritesCustomizations
    enableSteps = options.enablesProcesses
    publishChanges = options.publishes
    noData = options.leavesTrash
    settingsFile = options.settingsFile
  }

  package var options: OperationOptions {
    OperationOptions(
      choice: action.model,
      assumesPresent: assumePresent,
      overwritesCustomizations: overwriteCustomizations,
      enablesProcesses: enableSteps,
      publishes: publishChanges,
      leavesTrash: noData,
      settingsFile: settingsFile
    )
  }
}
