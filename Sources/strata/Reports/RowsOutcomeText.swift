import Contract
import Solutions

/// What an operation on rows does, in lines.
struct RowsOutcomeText {
  let table: String
  let outcome: RowsOutcome

  var lines: [Prose] {
    switch outcome {
    case .written(let rows): ["+ \(table)  \(counted(rows, "row"))"]
    case .moved(let moves):
      moves.map { move -> Prose in
        "~ \(move.target) = \(move.source)  \(counted(move.rows, "row")): "
          + "\(counted(move.overwritten, "value")) overwritten, \(move.filled) filled"
          + (move.altered > 0 ? ", \(move.altered) of them rounded or cut" : "")
      }
    case .deleted(let deletion): Self.lines(deletion)
    case .imported(let report): MigrationShape(report, operation: nil).lines
    }
  }

  private static func lines(_ deletion: RowDeletion) -> [Prose] {
    let rows = deletion.deleted.sorted { $0.key < $1.key }.map {
      "- \($0)  \(counted($1, "row"))" as Prose
    }
    let pairs = deletion.pairs.sorted { $0.key < $1.key }.map {
      "- \($0)  \(counted($1, "pair"))" as Prose
    }
    let emptied = deletion.unlinked.sorted { $0.key < $1.key }.map {
      "~ \($0)  emptied in \(counted($1, "row"))" as Prose
    }
    return rows.isEmpty ? ["No rows."] : rows + pairs + emptied
  }

  /// Why somebody has to agree.
  var warning: Prose {
    switch outcome {
    case .written, .moved, .imported: "what is overwritten goes to the trash"
    case .deleted: "this is for good"
    }
  }
}
