package import Solutions

/// What became of a file of the Configuration Migration tool.
package struct MigrationShape: Shape {
  package static let format = "strata.rows-imported"

  package struct Counts: Codable, Sendable {
    package let new: Int
    package let changed: Int
    package let equal: Int
    /// Rows that are different and stay as they are, because the file says so; absent where there are none.
    package let kept: Int?

    init(_ counts: MigrationReport.Counts) {
      (new, changed, equal) = (counts.new, counts.changed, counts.equal)
      kept = counts.kept > 0 ? counts.kept : nil
    }
  }

  /// nil where nothing was new, and with `--plan`.
  package let operation: Int?
  package let tables: [String: Counts]
  package let pairs: [String: Counts]
  /// What was mapped and what was left out, in words.
  package let notes: [String]

  package init(_ report: MigrationReport, operation: Int?) {
    self.operation = operation
    tables = report.rows.mapValues { Counts($0) }
    pairs = report.pairs.mapValues { Counts($0) }
    notes = report.notes
  }

  /// For people: what became of each table, and what was mapped and left out.
  package var lines: [Prose] {
    func lines(_ all: [String: Counts], _ kind: Prose) -> [Prose] {
      all.sorted { $0.key < $1.key }.map { name, counts in
        let changed: Prose = counts.changed > 0 ? ", \(counts.changed) changed" : ""
        let kept: Prose = counts.kept.map { ", \($0) left as they are" } ?? ""
        return "\(name)\(kind)  \(counts.new) new\(changed), \(counts.equal) equal\(kept)"
      }
    }
    return lines(tables, "") + lines(pairs, " (pairs)") + notes.map { Prose.foreign($0) }
  }
}
