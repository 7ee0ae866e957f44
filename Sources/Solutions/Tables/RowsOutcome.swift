/// What an operation on rows does.
package enum RowsOutcome: Equatable, Sendable {
  /// So many rows of a file.
  case written(Int)
  /// One for each mapping, in their order.
  case moved([ValuesMoved])
  case deleted(RowDeletion)
  /// Rows and pairs of several tables.
  case imported(MigrationReport)

  /// Whether nothing is different afterwards.
  package var isNothing: Bool {
    switch self {
    case .written(let rows): rows == 0
    case .moved(let moves): moves.allSatisfy { $0.rows == 0 }
    case .deleted(let deletion): deletion.deleted.isEmpty
    case .imported(let report): report.written == 0
    }
  }

  /// Whether somebody has to agree to it: values or rows that are there go.
  package var isDestroying: Bool {
    switch self {
    case .written, .imported: false
    case .moved(let moves): moves.contains { $0.overwritten > 0 }
    case .deleted(let deletion): !deletion.deleted.isEmpty
    }
  }
}

/// What a mapping does to rows.
package struct ValuesMoved: Equatable, Sendable {
  package let target: String
  package let source: String
  /// Values that another takes the place of, or that go.
  package let overwritten: Int
  /// Rows that had no value.
  package let filled: Int
  /// Of both: values that were rounded or cut.
  package let altered: Int

  package init(
    target: String,
    source: String,
    overwritten: Int,
    filled: Int,
    altered: Int = 0
  ) {
    self.altered = altered
    self.target = target
    self.source = source
    self.overwritten = overwritten
    self.filled = filled
  }

  /// Rows that change.
  package var rows: Int { overwritten + filled }
}

/// Rows or values would go and nobody has agreed; nothing was changed.
package struct RowsConsentMissing: ProseError, Equatable, Sendable {
  package let outcome: RowsOutcome

  package init(outcome: RowsOutcome) { self.outcome = outcome }

  package var prose: Prose {
    let what: Prose =
      switch outcome {
      case .written, .imported: "rows would be overwritten"
      case .moved(let moves):
        "\(moves.map(\.overwritten).reduce(0, +).counted("value")) would be overwritten"
      case .deleted(let deletion):
        "\(deletion.deleted.values.reduce(0, +).counted("row")) would be deleted"
      }
    return "\(what) and nobody has agreed; nothing was changed"
  }
}
