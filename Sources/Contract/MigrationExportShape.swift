package import Solutions

/// What was written into a file of the Configuration Migration tool.
package struct MigrationExportShape: Shape {
  package static let format = "strata.rows-exported"

  package let file: String
  /// Rows by table.
  package let tables: [String: Int]
  /// Pairs by intersect table.
  package let pairs: [String: Int]
  /// What is not in the file, in words.
  package let notes: [String]

  package init(_ exported: MigrationExported, file: String) {
    self.file = file
    tables = exported.rows
    pairs = exported.pairs
    notes = exported.notes
  }
}
