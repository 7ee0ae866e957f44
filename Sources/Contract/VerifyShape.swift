package import Solutions

/// `verify --json`.
package struct VerifyShape: Shape {
  package static let format = "strata.verify"

  /// `present` where nothing else was looked at.
  package let scope: Wire.Scope
  /// null where the state cannot be read.
  @Nullable package var components: Int?
  /// Equal states have equal fingerprints, whatever led to them.
  @Nullable package var fingerprint: String?
  /// How many operations have left a state that was rebuilt as they left it.
  package let proven: Int
  /// Operations of earlier releases, of whose states no fingerprint was kept.
  package let unknown: [Int]
  package let broken: [String]
  /// What is odd and allowed: left by upgrades, or another program's.
  package let notes: [String]
  /// How many rows were compared with definitions; null where none was (without `--rows`).
  @Nullable package var rows: Int?

  package init(_ verification: Verification) {
    scope = Wire.Scope(verification.scope)
    proven = verification.proven.count
    unknown = verification.unknown
    broken = verification.broken
    notes = verification.notes
    rows = verification.rows
    components = verification.state?.standingComponents.count
    fingerprint = verification.state?.fingerprint
  }
}
