internal import SQL
package import Solutions

extension StoreReader {
  /// What was dropped or overwritten and not purged, newest first; columns that went with their table are in it.
  ///
  /// - Parameter counts: whether to count what is in there; takes time that grows with it.
  package func trash(counts: Bool = false) throws -> [TrashRow] {
    let pieces = try pieces(
      """
      purged IS NULL AND NOT EXISTS
        (SELECT 1 FROM tenure WHERE tenure.incarnation = incarnation.id AND closed IS NULL)
      """
    )
    let tables = try Dictionary(
      pieces.filter { $0.place == nil }.map { ($0.id, try dropping(of: $0)) }
    ) { first, _ in first }
    let dropped = try pieces.compactMap { piece -> TrashRow? in
      let drop = try dropping(of: piece)
      if let table = piece.place.flatMap({ tables[$0] }),
        [table.operation, table.last].contains(drop.operation)
      {
        return nil
      }
      let (operation, moment) = (drop.operation, drop.moment)
      return TrashRow(
        id: piece.id,
        component: piece.component,
        place: piece.place,
        operation: operation,
        dropped: moment,
        count: counts ? try count(piece) : nil
      )
    }
    return (dropped + (try trashOfMoves(counts: counts))).sorted {
      ($1.operation, $0.component) < ($0.operation, $1.component)
    }
  }

  package func trashRow(_ id: Incarnation.ID) throws -> TrashRow {
    guard let row = try trash().first(where: { $0.id == id }) else {
      throw StoreError.noSuchTrash(id)
    }
    return row
  }

  /// When it came into the trash, and when it last did: a rollback that takes a restore back leaves the trash as it was.
  private func dropping(of piece: Piece) throws -> (
    operation: Int, moment: Timestamp, last: Int
  ) {
    let found = try sql.rows(
      """
      SELECT tenure.opened, tenure.closed, operation.completed, operation.verb FROM tenure
      LEFT JOIN operation ON operation.number = tenure.closed
      WHERE tenure.incarnation = \(piece.id) ORDER BY tenure.closed DESC
      """
    ) { row in
      (
        opened: try row.integer(0), closed: try row.integer(1),
        completed: try row.optionalInteger(2), isUndone: try row.optionalText(3) == "rollback"
      )
    }
    guard let last = found.first else {
      throw StoreError.damaged("what the trash has as number \(piece.id) was never dropped")
    }
    let drop = try found.first { tenure in
      guard tenure.isUndone, tenure.opened != found.last?.opened,
        let first = try undone(by: tenure.closed)
      else { return true }
      return first > tenure.opened
    }
    let (closed, completed) = (drop?.closed ?? last.closed, drop?.completed ?? last.completed)
    return (closed, Timestamp(milliseconds: completed ?? 0), last.closed)
  }

  func count(_ piece: Piece) throws -> Int? {
    let query: SQLText =
      piece.place == nil
      ? "SELECT COUNT(*) FROM \(name: piece.storedName)"
      : "SELECT COUNT(\(name: piece.storedName)) FROM \(name: try storedTable(of: piece))"
    return try sql.row(query) { try $0.integer(0) }
  }
}
