internal import SQL
package import Solutions

/// Alternate keys as unique indexes; one over rows that are not unique is there, and not active (LC-500).
extension PlanWriter {
  func create(_ key: KeyDesign, of place: Place) throws {
    let number = try numbering([key.id])[key.id]
    try sql.execute("DELETE FROM failed_key WHERE component = \(number)")
    let columns = try fold(key, of: place)
    guard let obstacle = try obstacle(to: key, columns, of: place) else {
      return try sql.execute(
        """
        CREATE UNIQUE INDEX \(name: place.index(of: key.id, sql.dialect))
        ON \(name: place.name) (\(names: columns))
        """
      )
    }
    try sql.execute(
      "INSERT INTO failed_key (component, message) VALUES (\(number), \(obstacle))"
    )
    warnings.append("the key \(key.id.key) is not active: \(obstacle)")
  }

  /// Keeps what texts compare by beside them, in columns of the plain kind: so that a plain index keeps rows apart, and other
  /// programs can read and check the file.
  ///
  /// What is kept once is kept for good: whoever writes the column writes it, too.
  ///
  /// - Returns: the columns of the index.
  private func fold(_ key: KeyDesign, of place: Place) throws -> [String] {
    let stored = try reader.storedColumns(of: place)
    let there = Set(try sql.columns(of: place.name))
    let texts = try reader.texts(of: key, in: place.table)
    // What was read here is about to change.
    reader.tables = [:]
    return try key.columns.map { column in
      let name = stored[column] ?? sql.dialect.storedColumn(column)
      guard texts.contains(column), there.contains(name) else { return name }
      let folded = StoredTable.foldedName(name)
      if !there.contains(folded) {
        try sql.execute(
          "ALTER TABLE \(name: place.name) ADD COLUMN \(name: folded) \(sql.dialect.text)"
        )
        reader.tables = [:]
      }
      try sql.execute(
        "UPDATE \(name: place.name) SET \(name: folded) = \(sql.dialect.folded("\(name: name)"))"
      )
      return folded
    }
  }

  /// Why the index cannot be made.
  private func obstacle(
    to key: KeyDesign,
    _ columns: [String],
    of place: Place
  ) throws -> String? {
    guard !columns.isEmpty else { return "it names no column" }
    let there = Set(try sql.columns(of: place.name))
    if let missing = columns.first(where: { !there.contains($0) }) {
      return "the column \(missing) is not there"
    }
    let isSet = columns.map { "\(name: $0) IS NOT NULL" as SQLText }.joined(separator: " AND ")
    let isDoubled = try sql.row(
      """
      SELECT 1 FROM \(name: place.name) WHERE \(isSet)
      GROUP BY \(names: columns) HAVING COUNT(*) > 1 LIMIT 1
      """
    ) { _ in true }
    return isDoubled == true
      ? "rows have equal values in \(key.columns.joined(separator: ", "))" : nil
  }

  /// Makes the keys of an environment of before, which compared texts by their bytes, anew.
  ///
  /// - Returns: those that are not active now and were, in words.
  func foldKeys() throws -> [String] {
    let state = try reader.whole()
    let failed = Set(try reader.inactiveKeys().keys)
    let before = warnings.count
    for id in state.stacks.keys.sorted() where !failed.contains(id) {
      guard let key = state.design(ofKey: id, kinds: kinds), !key.folded.isEmpty,
        let table = id.tableAndColumn?.table, let place = try reader.place(named: table)
      else { continue }
      try dropKey(id, of: place)
      try create(key, of: place)
    }
    return Array(warnings[before...])
  }

  /// Once more, after rows were put right.
  func activate(_ key: KeyDesign, of place: Place) throws {
    try dropKey(key.id, of: place)
    try create(key, of: place)
    if let message = try reader.inactiveKeys(among: [key.id])[key.id] {
      throw StoreError.keyFails(key.id.key, message)
    }
  }

  func dropKey(_ id: ComponentID, of place: Place) throws {
    try sql.execute("DROP INDEX IF EXISTS \(name: place.index(of: id, sql.dialect))")
    let number = try numbering([id])[id]
    try sql.execute("DELETE FROM failed_key WHERE component = \(number)")
  }

  /// What texts compare by stands beside those of keys alone; a column that lies in the trash keeps what it has.
  func dropFolded(after changes: [SchemaChange]) throws {
    for table in Set(changes.compactMap(\.keylessTable)).sorted() {
      reader.tables = [:]
      guard let place = try reader.place(named: table), let stored = try reader.storedTable(table)
      else { continue }
      let keyed = Set(stored.table.keys.flatMap(\.columns))
      let there = Set(try sql.columns(of: place.name))
      for column in stored.table.columns where !keyed.contains(column.name) {
        let folded = StoredTable.foldedName(stored.stored(column.name))
        guard there.contains(folded) else { continue }
        try sql.execute("ALTER TABLE \(name: place.name) DROP COLUMN \(name: folded)")
      }
      reader.tables = [:]
    }
  }

  /// Which keys a table had when it went is not known any more.
  func dropKeys(of place: Place) throws {
    for index in try sql.indexes(of: place.name) where index.hasPrefix("key_") {
      try sql.execute("DROP INDEX \(name: index)")
    }
  }
}

extension StoreReader {
  /// Columns of a key that hold texts; a plan that looks at a part of the state takes those that it does not know for texts.
  func texts(of key: KeyDesign, in table: String) throws -> Set<String> {
    let known = try storedTable(table)?.table
    return key.folded.filter { known?.column($0).map { $0.type.comparison == .folded } ?? true }
  }

  /// Rows that are equal in the columns of a key that is to come, and the first values; nil where not all are there yet.
  package func equalRows(
    under key: KeyDesign,
    in table: String
  ) throws -> (rows: Int, values: [String])? {
    guard let place = try place(named: table), !key.columns.isEmpty else { return nil }
    let stored = try storedColumns(of: place)
    let columns = key.columns.map { stored[$0] ?? sql.dialect.storedColumn($0) }
    let there = Set(try sql.columns(of: place.name))
    guard columns.allSatisfy(there.contains) else { return nil }
    let texts = try texts(of: key, in: table)
    let terms = zip(key.columns, columns).map { column, name in
      texts.contains(column)
        ? sql.dialect.folded("\(name: name)") : "\(name: name)" as SQLText
    }
    let isSet = columns.map { "\(name: $0) IS NOT NULL" as SQLText }.joined(separator: " AND ")
    let shown = columns.map { "MIN(\(name: $0))" as SQLText }.joined(separator: ", ")
    let groups = terms.joined(separator: ", ")
    var (rows, values): (Int, [String]) = (0, [])
    try sql.forEachRow(
      """
      SELECT COUNT(*), \(shown) FROM \(name: place.name) WHERE \(isSet)
      GROUP BY \(groups) HAVING COUNT(*) > 1 ORDER BY \(groups)
      """
    ) { row in
      rows += try row.integer(0)
      guard values.count < 3 else { return }
      let texts = columns.indices.map { index -> String in
        switch row.value(index + 1) {
        case .text(let text): RowProblem.shown(text)
        case .integer(let number): String(number)
        case .real(let number): String(number)
        case .null, .blob: ""
        }
      }
      values.append(texts.joined(separator: ", "))
    }
    return (rows, values)
  }

  /// Keys that are there and not active, and why.
  ///
  /// - Parameter ids: nil for all.
  package func inactiveKeys(among ids: Set<ComponentID>? = nil) throws -> [ComponentID: String] {
    let rows = try sql.rows(
      """
      SELECT failed_key.component, failed_key.message FROM failed_key WHERE EXISTS
        (SELECT 1 FROM layer WHERE layer.component = failed_key.component AND layer.closed IS NULL)
      """
    ) { (try $0.integer(0), try $0.text(1)) }
    let names = try self.ids(of: Set(rows.map(\.0)))
    var found: [ComponentID: String] = [:]
    for (number, message) in rows {
      if let id = names[number], ids?.contains(id) ?? true { found[id] = message }
    }
    return found
  }

  /// Keys that are neither active nor known to have failed.
  func keysWithoutIndex(_ keys: [KeyDesign], of place: Place) throws -> [String] {
    guard !keys.isEmpty else { return [] }
    let there = Set(try sql.indexes(of: place.name))
    let failed = try inactiveKeys(among: Set(keys.map(\.id)))
    return keys.filter {
      !there.contains(place.index(of: $0.id, sql.dialect)) && failed[$0.id] == nil
    }
    .map(\.id.key)
  }
}

extension Place {
  /// What the database calls the index of a key; tables in the trash keep the indexes that they had.
  func index(of key: ComponentID, _ dialect: any SQLDialect) -> String {
    dialect.storedName("key_\(key.key)") + (id == 0 ? "" : "~\(id)")
  }
}

extension SchemaChange {
  /// The table that loses a key.
  fileprivate var keylessTable: String? {
    if case .dropKey(_, let table) = self { table.name } else { nil }
  }
}
