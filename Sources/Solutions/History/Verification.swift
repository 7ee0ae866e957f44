/// What was looked at, and what was found broken in it.
package struct Verification: Sendable {
  package enum Scope: String, CaseIterable, Sendable {
    /// The state as it is now.
    case present
    /// That, the history, the packages, the file itself, and every earlier state.
    case whole
  }

  package let scope: Scope
  /// nil where it cannot be read.
  package let state: InstalledState?
  /// In words; nothing in a sound environment.
  package let broken: [String]
  /// What is odd and allowed: left by upgrades, or another program's.
  package let notes: [String]
  /// How many rows were compared with definitions; nil where none was.
  package let rows: Int?
  /// Operations whose states were rebuilt and are those that they left.
  package let proven: [Int]
  /// Operations of earlier releases, which did not keep what could be compared.
  package let unknown: [Int]

  package init(
    scope: Scope,
    state: InstalledState?,
    broken: [String],
    notes: [String],
    rows: Int?,
    proven: [Int],
    unknown: [Int]
  ) {
    self.scope = scope
    self.state = state
    self.broken = broken
    self.notes = notes
    self.rows = rows
    self.proven = proven
    self.unknown = unknown
  }
}
