package import Solutions

/// `rows import|set|migrate|delete TABLE --json`, done or with `--plan`.
package struct RowsResultShape: Shape {
  package static let format = "strata.rows-result"

  package struct Move: Codable, Sendable {
    package let target: String
    package let source: String
    /// Rows that change.
    package let rows: Int
    /// Values that another takes the place of, or that go; they lie in the trash then.
    package let overwritten: Int
    /// Rows that had no value.
    package let filled: Int
    /// Values that were rounded or cut; absent where there are none.
    package let altered: Int?
  }

  /// Its number in the history; null when nothing was done.
  @Nullable package var operation: Int?
  /// Why nothing was done.
  @Nullable package var refusal: String?
  package let table: String
  /// Rows that are written, changed or deleted; null where that is not known.
  @Nullable package var rows: Int?
  /// One for each `--set`; absent but for `migrate`.
  package var moves: [Move]?
  /// Rows that are deleted, by table; absent but for `delete`.
  package var deleted: [String: Int]?
  /// Rows whose lookup is emptied, by table and column; absent but for `delete`.
  package var unlinked: [String: Int]?
  /// Pairs that go with rows, by table; absent but for `delete`.
  package var pairs: [String: Int]?

  /// - Parameter outcome: nil where it is not known, because it was refused.
  package init(
    table: String,
    _ outcome: RowsOutcome?,
    operation: Int? = nil,
    refusal: String? = nil
  ) {
    self.table = table
    switch outcome {
    case .written(let count)?: rows = count
    case .moved(let all)?:
      rows = all.map(\.rows).reduce(0, +)
      moves = all.map {
        Move(
          target: $0.target,
          source: $0.source,
          rows: $0.rows,
          overwritten: $0.overwritten,
          filled: $0.filled,
          altered: $0.altered > 0 ? $0.altered : nil
        )
      }
    case .deleted(let deletion)?:
      rows = deletion.deleted.values.reduce(0, +)
      (deleted, unlinked, pairs) = (deletion.deleted, deletion.unlinked, deletion.pairs)
    case .imported(let report)?: rows = report.written
    case nil: break
    }
    self.operation = operation
    self.refusal = refusal
  }
}
