internal import SQL
internal import Solutions

/// What operations tell of themselves, held against what is kept of them.
extension StoreReader {
  /// Lists that are cut, counts that are not those of their list, states and attempts that are missing between others.
  func brokenRecords() throws -> [String] {
    try brokenCounts() + brokenLists() + missingStates() + missingAttempts()
  }

  private func brokenCounts() throws -> [String] {
    var counts: [Int: [String: Int]] = [:]
    try sql.forEachRow(
      "SELECT operation, action, COUNT(*) FROM operation_change GROUP BY operation, action"
    ) { row in
      counts[try row.integer(0), default: [:]][try row.text(1)] = try row.integer(2)
    }
    let actions: [Change.Action] = [.add, .change, .delete, .dereference]
    var broken: [String] = []
    try sql.forEachRow(
      "SELECT number, added, changed, deleted, dereferenced FROM operation ORDER BY number"
    ) { row in
      let number = try row.integer(0)
      for (place, action) in actions.enumerated() {
        let (told, kept) = (try row.integer(place + 1), counts[number]?[action.word] ?? 0)
        guard told != kept else { continue }
        broken.append(
          "operation \(number) tells of \(told) changes of the kind \(action.word), and its list has \(kept)"
        )
      }
    }
    return broken
  }

  private func brokenLists() throws -> [String] {
    let lists: [(table: String, what: String)] = [
      ("operation_change", "changes"), ("operation_package", "packages"),
      ("operation_finding", "findings"),
    ]
    return try lists.flatMap { list in
      try sql.rows(
        """
        SELECT operation FROM \(name: list.table) GROUP BY operation
        HAVING MAX(position) <> COUNT(*) - 1 OR MIN(position) <> 0 ORDER BY operation
        """
      ) { "the list of \(list.what) of operation \(try $0.integer(0)) has a gap" }
    }
  }

  /// Earlier releases kept no states; once there is one, every later operation has left its own.
  private func missingStates() throws -> [String] {
    try sql.rows(
      """
      SELECT number FROM operation
      WHERE number > (SELECT MIN(operation) FROM operation_state)
        AND NOT EXISTS (SELECT 1 FROM operation_state WHERE operation_state.operation = number)
      ORDER BY number
      """
    ) { "what operation \(try $0.integer(0)) left is not kept any more" }
  }

  /// Only the oldest of many are forgotten.
  private func missingAttempts() throws -> [String] {
    let (last, kept) =
      try sql.row("SELECT MAX(number), COUNT(*) FROM attempt") {
        (try $0.optionalInteger(0) ?? 0, try $0.integer(1))
      } ?? (0, 0)
    let missing = min(last, HistoryWriter.attemptsMax) - kept
    return missing > 0 ? ["\(missing) of the newest \(missing + kept) attempts are missing"] : []
  }

  /// Tables and columns with values that nothing leads to any more.
  func brokenIncarnations() throws -> [String] {
    let now = try revision()
    var broken = try sql.rows(
      """
      SELECT stored_name FROM incarnation WHERE NOT EXISTS
        (SELECT 1 FROM tenure WHERE tenure.incarnation = incarnation.id) ORDER BY id
      """
    ) { "nothing says when \(try $0.text(0)) was in use" }
    // What was purged leaves its name to others; with a table all of its columns are.
    let purged = try pieces(
      """
      purged IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM incarnation AS other WHERE other.stored_name = incarnation.stored_name
          AND COALESCE(other.place, -1) = COALESCE(incarnation.place, -1) AND other.purged IS NULL)
        AND NOT EXISTS (SELECT 1 FROM incarnation AS whole
          WHERE whole.id = incarnation.place AND whole.purged IS NOT NULL)
      """
    )
    for piece in purged where try isStored(piece) {
      broken.append("\(piece.storedName) is said to be purged, and is there")
    }
    let late = try count("incarnation WHERE purged > \(now)")
    if late > 0 {
      broken.append("\(late) rows of incarnation are purged by operations yet to come")
    }
    return broken
  }

  private func isStored(_ piece: Piece) throws -> Bool {
    guard piece.place != nil else { return try !sql.columns(of: piece.storedName).isEmpty }
    return try sql.columns(of: try storedTable(of: piece)).contains(piece.storedName)
  }
}
