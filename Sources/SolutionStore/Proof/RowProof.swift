internal import Hashing
internal import SQL
internal import Solutions

/// What `verify --rows` has found in tables of rows.
struct RowProof {
  var broken: [String] = []
  /// What is odd and allowed: left by an upgrade, come out of the trash.
  var notes: [String] = []
  var rows = 0
}

extension StoreReader {
  /// Compares all rows with the definitions in effect; in one pass over each table.
  ///
  /// - Parameter report: told how far it has come.
  func rowProof(report: (CountingProgress) -> Void) throws -> RowProof {
    var proof = RowProof()
    let revision = try revision()
    for name in try Set(placedTables() + systemTables()).sorted() {
      guard let place = try place(named: name) else { continue }
      guard try sql.row("SELECT 1 FROM \(name: place.name) LIMIT 1", { _ in true }) == true else {
        continue
      }
      guard let stored = try storedTable(name) else { continue }
      try prove(stored, place, revision, &proof, report)
    }
    proof.broken += try brokenTrash()
    return proof
  }

  private func prove(
    _ stored: StoredTable,
    _ place: Place,
    _ revision: Int,
    _ proof: inout RowProof,
    _ report: (CountingProgress) -> Void
  ) throws {
    let name = stored.table.name
    var audit = RowAudit(
      stored.table,
      columns: try columns(of: stored),
      revision: revision,
      former: { [self] in try formerColumns(of: $0, in: name) }
    )
    let last = try sql.pieces(of: stored.name, rows: .max).rowsMax
    let terms = audit.columns.map { column -> SQLText in
      let term: SQLText = "\(name: stored.stored(column.name))"
      // The content is not looked at.
      return column.type == .file || column.type == .image ? "SUBSTR(\(term), 1, 1)" : term
    }
    let width = audit.columns.count
    let rows: SQLText = "SELECT \(terms.joined(separator: ", ")) FROM \(name: stored.name)"
    try sql.forEachRowOfMany(rows) { row in
      try audit.take((0..<width).map { RowValue(row.value($0)) })
      if audit.rows % 500 == 0 { try checkpoint() }
      if audit.rows % 20_000 == 0 {
        report(
          CountingProgress(table: name, rows: min(audit.rows, last), rowsMax: last)
        )
      }
    }
    if last > 20_000 { report(CountingProgress(table: name, rows: last, rowsMax: last)) }
    proof.rows += audit.rows
    for fault in audit.found {
      let line = "\(name).\(fault.column.name): \(fault.words)"
      if fault.isLeft { proof.notes.append(line) } else { proof.broken.append(line) }
    }
    for column in audit.columns {
      guard case .lookup(let targets) = column.type else { continue }
      try checkpoint()
      try prove(column, targets, stored, place, &proof)
    }
    try proveKeys(stored, &proof)
  }

  /// Those that the database has; what is missing is told with the tables.
  private func columns(of stored: StoredTable) throws -> [Column] {
    let there = Set(try sql.columns(of: stored.name))
    return stored.table.columns.filter { there.contains(stored.stored($0.name)) }
  }

  /// What a column was by all definitions that it ever had.
  private func formerColumns(of column: Column, in table: String) throws -> [Column] {
    let id = ComponentID.attribute(table, column.name)
    let definitions = try everyDefinition(of: [id])[id] ?? []
    let choices = Set(definitions.compactMap(\.globalChoice))
    return column.former(definitions, choices: try everyDefinition(of: choices))
  }

  /// All that was ever said of components.
  func everyDefinition(of ids: Set<ComponentID>) throws -> [ComponentID: [Definition]] {
    let numbers = try numbers(of: ids)
    let names = Dictionary(numbers.map { ($0.value, $0.key) }) { first, _ in first }
    var hashes: [(ComponentID, SHA256Digest)] = []
    try sql.forEachRow(among: numbers.values.sorted().map { SQLValue($0) }) {
      "SELECT component, definition FROM statement WHERE component IN \(list: $0) ORDER BY id"
    } each: { row in
      guard let id = names[try row.integer(0)], let hash = SHA256Digest(bytes: try row.blob(1))
      else { return }
      hashes.append((id, hash))
    }
    let found = try definitions(Set(hashes.map(\.1)), known: [:])
    return hashes.reduce(into: [:]) { all, entry in
      if let definition = found[entry.1] { all[entry.0, default: []].append(definition) }
    }
  }
}

extension StoreReader {
  /// Lookups, owners and the ends of pairs lead to rows.
  private func prove(
    _ column: Column,
    _ targets: [String],
    _ stored: StoredTable,
    _ place: Place,
    _ proof: inout RowProof
  ) throws {
    let lost = try leadingNowhere(column, targets, in: stored)
    let key: SQLText = "mine.\(name: stored.stored(stored.table.primaryKey))"
    var (count, ids): (Int, [String]) = (0, [])
    try sql.forEachRow("SELECT \(key) FROM \(name: stored.name) AS mine WHERE \(lost)") { row in
      count += 1
      if ids.count < RowAudit.idsMax { ids.append(Self.word(row.value(0))) }
    }
    guard count > 0 else { return }
    let table = stored.table.name
    let aim = targets.isEmpty ? "anywhere" : "to a row of \(targets.joined(separator: ", "))"
    let line =
      "\(table).\(column.name): \(count.counted("value")) \(count == 1 ? "does" : "do") not lead "
      + "\(aim): \(RowAudit.Fault.listed(ids, of: count))"
    if try mayLeadNowhere(column, targets, in: table, place) {
      proof.notes.append(line)
    } else {
      proof.broken.append(line)
    }
  }

  /// Whether operations may have left lookups that lead nowhere: the column led elsewhere once, or it, its table or one
  /// that it leads to came out of the trash.
  private func mayLeadNowhere(
    _ column: Column,
    _ targets: [String],
    in table: String,
    _ place: Place
  ) throws -> Bool {
    let former = try formerTargets(of: column.name, in: table)
    if !former.subtracting(targets).isEmpty { return true }
    let tables = Set([table] + targets).sorted().map { SQLValue.text($0) }
    let name = sql.dialect.storedName(column.name)
    let isNumbered = sql.dialect.like("stored_name", "\("\(name.escapedInPattern)~%")")
    let turned = try count(
      """
      incarnation WHERE table_name IN \(list: tables) AND (place IS NULL OR stored_name IN
        (\(name), \(name + "~")) OR \(isNumbered))
        AND (purged IS NOT NULL OR (SELECT COUNT(*) FROM tenure
          WHERE incarnation = incarnation.id AND closed IS NULL) = 0
          OR (SELECT COUNT(*) FROM tenure WHERE incarnation = incarnation.id) > 1)
      """
    )
    if turned > 0 { return true }
    let id = ComponentID.attribute(table, column.name)
    return try storedMoves("table_name = \(table)").contains {
      $0.move.column == id && $0.overwritten > 0
    }
  }

  /// Tables that relationships ever let a lookup lead to.
  private func formerTargets(of column: String, in table: String) throws -> Set<String> {
    let owner = ComponentID.entity(table)
    guard let number = try numbers(of: [owner])[owner] else { return [] }
    let components = try sql.rows(
      "SELECT DISTINCT component FROM layer WHERE parent = \(number)"
    ) { try $0.integer(0) }
    let links = try ids(of: Set(components)).values.filter {
      kinds[$0.type].physical == .relationship
    }
    let definitions = try everyDefinition(of: Set(links)).values.flatMap { $0 }
    return Set(
      definitions.compactMap(\.lookupLink).filter { $0.table == table && $0.column == column }
        .map(\.target)
    )
  }

  /// Active keys keep rows apart, and what texts compare by is what stands beside them.
  private func proveKeys(_ stored: StoredTable, _ proof: inout RowProof) throws {
    let table = stored.table.name
    for column in stored.folded.sorted() {
      let name = stored.stored(column)
      let isRight = sql.dialect.isSame(
        "\(name: StoredTable.foldedName(name))",
        sql.dialect.folded("\(name: name)")
      )
      let wrong = try count("\(name: stored.name) WHERE NOT (\(isRight))")
      if wrong > 0 {
        proof.broken.append(
          "\(table).\(column): \(wrong.counted("row")) \(wrong == 1 ? "has" : "have") something else "
            + "beside it than what it compares by"
        )
      }
    }
    for key in stored.table.keys {
      try checkpoint()
      let design = KeyDesign(
        id: .entityKey(table, key.name),
        columns: key.columns,
        folded: Set(key.columns)
      )
      let equal = try equalRows(under: design, in: table)?.rows ?? 0
      switch (stored.inactiveKeys[key.name], equal) {
      case (nil, 0): continue
      case (nil, _):
        proof.broken.append(
          "\(table): the key \(key.name) is active, and \(equal) rows are equal under it"
        )
      case (.some(let why), 0) where why.hasPrefix("rows have equal values"):
        proof.notes.append(
          "\(table): the key \(key.name) is not active, and no two rows are equal under it any more, so "
            + "it can be activated"
        )
      case (.some(let why), _):
        proof.notes.append("\(table): the key \(key.name) is not active: \(why)")
      }
    }
  }
}

extension StoreReader {
  /// What the trash should hold and does not.
  private func brokenTrash() throws -> [String] {
    var broken: [String] = []
    let now = try pieces(
      """
      purged IS NULL AND NOT EXISTS
        (SELECT 1 FROM tenure WHERE tenure.incarnation = incarnation.id AND closed IS NULL)
      """
    )
    for piece in now {
      try checkpoint()
      let table = try storedTable(of: piece)
      let there = Set(try sql.columns(of: piece.place == nil ? piece.storedName : table))
      guard piece.place == nil ? !there.isEmpty : there.contains(piece.storedName) else {
        broken.append("the trash has nothing under the number \(piece.id): \(piece.component.key)")
        continue
      }
      // What went at an earlier time has come back since; not every operation counts what goes.
      let lost = try sql.row(
        """
        SELECT lost FROM operation_change
        WHERE action = 'delete' AND lost IS NOT NULL
          AND operation = (SELECT MAX(closed) FROM tenure WHERE incarnation = \(piece.id))
          AND component = (SELECT component FROM incarnation WHERE id = \(piece.id))
        """
      ) { try $0.integer(0) }
      guard let lost, let found = try count(piece) else { continue }
      // Rows of a column's table may have been deleted since; a dropped table is written by nobody.
      if found > lost || piece.place == nil && found < lost {
        broken.append(
          "the trash has \(found) under the number \(piece.id), and \(lost) went there: \(piece.component.key)"
        )
      }
    }
    for move in try storedMoves("1 = 1") {
      guard try !sql.columns(of: move.rows).isEmpty else {
        broken.append("the trash has nothing under the number \(move.move.id)")
        continue
      }
      let odd = try count("\(name: move.rows) WHERE turned NOT IN (0, 1)")
      let found = try count("\(name: move.rows) WHERE old IS NOT NULL")
      if odd > 0 || found != move.overwritten {
        broken.append(
          "the trash has \(found) under the number \(move.move.id), and \(move.overwritten) were overwritten"
        )
      }
    }
    return broken
  }
}
