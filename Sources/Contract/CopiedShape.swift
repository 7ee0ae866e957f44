package import Solutions

/// `environment copy`: a copy that was made.
package struct CopiedShape: Shape {
  package static let format = "strata.environment-copied"

  package let from: String
  package let to: String
  /// The id, which goes along.
  package let environment: String
  package let revision: Int
  /// Of the state, equal on both sides.
  package let fingerprint: String
  package let tables: Int
  package let rows: Int
  /// How many of them were there from a copy that was cut off.
  package let rowsKept: Int

  package init(_ copied: Copied, from: String, to: String) {
    self.from = from
    self.to = to
    environment = copied.environment.id
    revision = copied.environment.revision
    fingerprint = copied.fingerprint
    tables = copied.tables
    rows = copied.rows
    rowsKept = copied.rowsKept
  }
}
