package import Solutions

/// `settings create|check --json`: what packages let be set, and what is to be said of a file that does.
package struct SettingsShape: Shape {
  package static let format = "strata.settings"

  package let file: String
  /// By schema name.
  package let environmentVariables: [String]
  /// By logical name.
  package let connectionReferences: [String]
  /// Whether the file was written just now.
  package let written: Bool
  package let findings: [FindingShape]
  package let exitStatus: Int

  /// - Parameter spelled: how the face spells a way to go on.
  package init(
    _ settable: SettableComponents,
    file: String,
    isWritten: Bool,
    findings: [Finding] = [],
    exitStatus: Int = 0,
    spelled: (Remedy) -> String
  ) {
    self.file = file
    environmentVariables = settable.variables.map(\.component.name)
    connectionReferences = settable.connections.map(\.component.name)
    written = isWritten
    self.findings = findings.map { FindingShape($0, spelled: spelled) }
    self.exitStatus = exitStatus
  }
}
