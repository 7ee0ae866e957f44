internal import SQL
internal import Solutions

/// Moves of one column that turn one after the other: each finds what the one before leaves.
///
/// All of them are read as they are now, and nothing is written.
struct MoveChain {
  private let moves: [StoredMove]
  private let dialect: any SQLDialect

  /// - Parameter moves: in the order in which they turn, not empty; all of one column.
  init(_ moves: [StoredMove], _ dialect: any SQLDialect) {
    self.moves = moves
    self.dialect = dialect
  }

  /// How many rows the last one gives a value, and how many none.
  var count: SQLText {
    guard let last = moves.last, let stored = last.stored else { return "SELECT 0, 0" }
    var tables: [SQLText] = [first(stored)]
    for (place, move) in moves.dropLast().enumerated() {
      let (left, given) = sides(move)
      tables.append(
        """
        \(name: after(place + 1)) AS (SELECT f.id AS id,
          CASE WHEN moved.id IS NULL THEN f.value ELSE moved.\(name: given) END AS value,
          CASE WHEN moved.id IS NULL THEN f.beside ELSE moved.\(name: "\(given)_beside") END AS beside
          FROM \(name: after(place)) AS f LEFT JOIN \(name: move.rows) AS moved
            ON moved.id = f.id AND \(matches(move, left)))
        """
      )
    }
    let (left, given) = sides(last)
    return """
      WITH \(tables.joined(separator: ", "))
      SELECT COUNT(moved.\(name: given)), COUNT(*) - COUNT(moved.\(name: given))
      FROM \(name: after(moves.count - 1)) AS f JOIN \(name: last.rows) AS moved
        ON moved.id = f.id AND \(matches(last, left))
      """
  }

  /// What rows have now, as far as a move is about them.
  private func first(_ stored: StoredMove.Names) -> SQLText {
    let ids = moves.map { "SELECT id FROM \(name: $0.rows)" as SQLText }
    let beside: SQLText = stored.beside.map { "mine.\(name: $0)" } ?? "NULL"
    return """
      \(name: after(0)) AS (SELECT mine.\(name: stored.key) AS id, mine.\(name: stored.column) AS value,
        \(beside) AS beside FROM \(name: stored.table) AS mine
        WHERE mine.\(name: stored.key) IN (\(ids.joined(separator: " UNION "))))
      """
  }

  private func after(_ count: Int) -> String { "found_\(count)" }

  private func sides(_ move: StoredMove) -> (left: String, given: String) {
    move.move.isDone ? ("new", "old") : ("old", "new")
  }

  private func matches(_ move: StoredMove, _ left: String) -> SQLText {
    let beside: SQLText =
      move.stored?.beside == nil
      ? "" : " AND \(dialect.isSame("f.beside", "moved.\(name: "\(left)_beside")"))"
    let isKept: SQLText =
      move.move.isDone && move.stored?.isRequired == true ? " AND moved.old IS NOT NULL" : ""
    let isLeft = dialect.isSame("f.value", "moved.\(name: left)")
    return "moved.turned = \(move.move.isDone ? 0 : 1)\(isKept) AND \(isLeft)\(beside)"
  }
}
