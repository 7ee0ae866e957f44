internal import Contract
package import Solutions

/// What an operation on rows does, in lines.
package struct RowsOutcomeText {
  private let table: String
  private let outcome: RowsOutcome

  package init(table: String, outcome: RowsOutcome) {
    (self.table, self.outcome) = (table, outcome)
  }

  package var lines: [Prose] {
    switch outcome {
    case .written(let rows): ["+ \(table)  \(rows.counted("row"))"]
    case .moved(let moves):
      moves.map { move -> Prose in
        "~ \(move.target) = \(move.source)  \(move.rows.counted("row")): "
          + "\(move.overwritten.counted("value")) overwritten, \(move.filled) filled"
          + (move.altered > 0 ? ", \(move.altered) of them rounded or cut" : "")
      }
    case .deleted(let deletion): Self.lines(deletion)
    case .imported(let report): MigrationShape(report, operation: nil).lines
    }
  }

  private static func lines(_ deletion: RowDeletion) -> [Prose] {
    let rows = deletion.deleted.sorted { $0.key < $1.key }.map {
      "- \($0)  \($1.counted("row"))" as Prose
    }
    let pairs = deletion.pairs.sorted { $0.key < $1.key }.map {
      "- \($0)  \($1.counted("pair"))" as Prose
    }
    let emptied = deletion.unlinked.sorted { $0.key < $1.key }.map {
      "~ \($0)  emptied in \($1.counted("row"))" as Prose
    }
    return rows.isEmpty ? ["No rows."] : rows + pairs + emptied
  }

  /// Why somebody has to agree.
  package var warning: Prose {
    switch outcome {
    case .written, .moved, .imported: "what is overwritten goes to the trash"
    case .deleted: "this is for good"
    }
  }
}
