/// What was chosen for an import, as plan files and the history keep it.
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

  package init(
    action: Wire.Choice,
    assumePresent: Bool,
    overwriteCustomizations: Bool,
    enableSteps: Bool,
    publishChanges: Bool,
    noData: Bool,
    settingsFile: String?
  ) {
    self.action = action
    self.assumePresent = assumePresent
    self.overwriteCustomizations = overwriteCustomizations
    self.enableSteps = enableSteps
    self.publishChanges = publishChanges
    self.noData = noData
    self.settingsFile = settingsFile
  }
}
