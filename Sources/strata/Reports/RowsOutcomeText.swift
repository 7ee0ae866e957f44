import Solutions

/// What an operation on rows does, in lines.
struct RowsOutcomeText {
  let table: String
  let outcome: RowsOutcome

  var lines: [String] {
    switch outcome {
    case .written(let rows): ["+ \(table)  \(counted(rows, "row"))"]
    case .moved(let moves):
      moves.map {
        "~ \($0.target) = \($0.source)  \(counted($0.rows, "row")): "
          + "\(counted($0.overwritten, "value")) overwritten, \($0.filled) filled"
      }
    case .deleted(let deletion): Self.lines(deletion)
    }
  }

  private static func lines(_ deletion: RowDeletion) -> [String] {
    let rows = deletion.deleted.sorted { $0.key < $1.key }.map {
      "- \($0)  \(counted($1, "row"))"
    }
    let pairs = deletion.pairs.sorted { $0.key < $1.key }.map {
      "- \($0)  \(counted($1, "pair"))"
    }
    let emptied = deletion.unlinked.sorted { $0.key < $1.key }.map {
      "~ \($0)  emptied in \(counted($1, "row"))"
    }
    return rows.isEmpty ? ["No rows."] : rows + pairs + emptied
  }

  /// Why somebody has to agree.
  var warning: String {
    switch outcome {
    case .written, .moved: "what is overwritten goes to the trash"
    case .deleted: "this is for good"
    }
  }
}
