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
      pieces.filter { $0.place == nil }.map { ($0.id, try dropping(of: $0).operation) }
    ) { first, _ in first }
    let dropped = try pieces.compactMap { piece -> TrashRow? in
      let (operation, moment) = try dropping(of: piece)
      if let place = piece.place, tables[place] == operation { return nil }
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

  private func dropping(of piece: Piece) throws -> (operation: Int, moment: Timestamp) {
    let found = try sql.row(
      """
      SELECT tenure.closed, operation.completed FROM tenure
      LEFT JOIN operation ON operation.number = tenure.closed
      WHERE tenure.incarnation = \(piece.id) ORDER BY tenure.closed DESC LIMIT 1
      """
    ) { (try $0.integer(0), try $0.optionalInteger(1)) }
    guard let (operation, completed) = found else {
      throw StoreError.damaged("what the trash has as number \(piece.id) was never dropped")
    }
    return (operation, Timestamp(milliseconds: completed ?? 0))
  }

  func count(_ piece: Piece) throws -> Int? {
    let query: SQLText =
      piece.place == nil
      ? "SELECT COUNT(*) FROM \(name: piece.storedName)"
      : "SELECT COUNT(\(name: piece.storedName)) FROM \(name: try storedTable(of: piece))"
    return try sql.row(query) { try $0.integer(0) }
  }
}
