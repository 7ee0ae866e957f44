internal import SQL
package import Solutions

extension RowStore {
  /// Writes or deletes one row.
  ///
  /// - Parameters:
  ///   - user: whom the row belongs to where it says nothing of it; nil for the environment's own.
  ///   - operation: stands in `versionnumber` of what was written.
  ///   - newID: for rows that bring none.
  /// - Throws: `RowEditError`, `BadRows`, `RowsHeld`, `QueryError` for what is refused.
  package func edit(
    _ edit: RowEdit,
    by user: GUID?,
    in operation: Int,
    at moment: Timestamp,
    newID: @escaping @Sendable () -> String
  ) throws -> RowEdited {
    let stored = try reader.requireTable(edit.table)
    let editing = RowEditing(
      rows: self,
      stored: stored,
      user: user,
      operation: operation,
      moment: moment,
      newID: newID
    )
    switch edit.action {
    case .create(let id, let values): return try editing.create(id, values)
    case .change(let name, let values, let presence):
      return try editing.change(name, values, presence, expecting: edit.expected)
    case .delete(let name): return try editing.delete(name, expecting: edit.expected)
    case .pair(let values): return try editing.pair(values)
    case .unpair(let values): return try editing.unpair(values)
    }
  }
}

extension StoreReader {
  /// A row by its name.
  ///
  /// - Throws: `RowEditError.noSuchKey` where the name is none.
  package func find(
    _ name: RowName,
    in table: String
  ) throws -> (id: GUID, version: Int)? {
    let stored = try requireTable(table)
    return try sql.row(
      """
      SELECT \(name: stored.stored(stored.table.primaryKey)), versionnumber
      FROM \(name: stored.name) WHERE \(try condition(name, in: stored)) LIMIT 1
      """
    ) { row in
      guard let id = GUID(try row.text(0)) else {
        throw StoreError.damaged("a row of \(table) has no id")
      }
      return (id, try row.optionalInteger(1) ?? 0)
    }
  }

  private func condition(_ name: RowName, in stored: StoredTable) throws -> SQLText {
    let table = stored.table
    guard case .key(let values) = name else {
      guard case .id(let id) = name else { return "1 = 0" }
      return "\(name: stored.stored(table.primaryKey)) = \(id.description)"
    }
    if values.count == 1, values[0].column == table.primaryKey {
      guard let id = GUID(values[0].text) else { return "1 = 0" }
      return "\(name: stored.stored(table.primaryKey)) = \(id.description)"
    }
    let columns = values.map(\.column)
    guard let key = table.keys.first(where: { Set($0.columns) == Set(columns) }) else {
      throw RowEditError.noSuchKey(table: table.name, columns: columns)
    }
    try stored.requireActive(key)
    let terms = try values.map { column, text -> SQLText in
      guard let own = table.column(column) else { return "1 = 0" }
      let wanted: RowValue
      do throws(RowProblem) {
        wanted = try own.meaning(of: text)
      } catch {
        throw QueryError(description: "\(column): \(error.message)")
      }
      let place = stored.foldedName(column) ?? stored.stored(column)
      // Moments are kept as they are read, and compared whole where the key's index knows them.
      let comparison = own.type.comparison
      let operand = comparison == .moment ? wanted : comparison.compared(wanted)
      return "\(name: place) = \(SQLValue(operand))"
    }
    return terms.joined(separator: " AND ")
  }
}

/// One row that is written into a table.
private struct RowEditing {
  let rows: RowStore
  let stored: StoredTable
  let user: GUID?
  let operation: Int
  let moment: Timestamp
  let newID: @Sendable () -> String

  private var table: Table { stored.table }
  private var reader: StoreReader { rows.reader }

  func create(_ id: GUID, _ values: [RowEdit.Value]) throws -> RowEdited {
    guard try reader.find(.id(id), in: table.name) == nil else {
      throw RowEditError.exists(table: table.name, id: id)
    }
    try requireFree(values, besides: nil)
    try write(id, values, .insert)
    return RowEdited(id: id, isNew: true)
  }

  func change(
    _ name: RowName,
    _ values: [RowEdit.Value],
    _ presence: RowEdit.Presence,
    expecting expected: Int?
  ) throws -> RowEdited {
    guard let found = try reader.find(name, in: table.name) else {
      guard case .either = presence, expected == nil else {
        if case .forbidden = presence { return try createNamed(name, values) }
        throw RowEditError.missing(table: table.name, name: "\(name)")
      }
      return try createNamed(name, values)
    }
    if case .forbidden = presence { throw RowEditError.exists(table: table.name, id: found.id) }
    try require(found, expected)
    guard !values.isEmpty else { return RowEdited(id: found.id, isNothing: true) }
    try requireFree(values, besides: found.id)
    try write(found.id, values, .upsert(key: nil))
    return RowEdited(id: found.id)
  }

  /// A row that is not there, with what its name says of it.
  private func createNamed(_ name: RowName, _ values: [RowEdit.Value]) throws -> RowEdited {
    switch name {
    case .id(let id): return try create(id, values)
    case .key(let key):
      let stated = Set(values.map(\.column))
      let more = key.filter { !stated.contains($0.column) && $0.column != table.primaryKey }
      let own = key.first { $0.column == table.primaryKey }.flatMap { GUID($0.text) }
      guard let id = own ?? GUID(newID()) else { preconditionFailure("a new id is one") }
      return try create(id, values + more.map { RowEdit.Value($0.column, .text($0.text)) })
    }
  }

  func delete(_ name: RowName, expecting expected: Int?) throws -> RowEdited {
    guard let found = try reader.find(name, in: table.name) else {
      throw RowEditError.missing(table: table.name, name: "\(name)")
    }
    try require(found, expected)
    var query = RowQuery(table.name)
    query.filter = .compare(
      RowQuery.ColumnPath(table.primaryKey),
      .equal,
      .text(found.id.description)
    )
    _ = try rows.delete(query, in: operation, at: moment)
    return RowEdited(id: found.id)
  }

  private func require(_ found: (id: GUID, version: Int), _ expected: Int?) throws(RowEditError) {
    guard let expected, expected != found.version else { return }
    throw RowEditError.otherVersion(
      table: table.name,
      id: found.id,
      expected: expected,
      found: found.version
    )
  }

  // MARK: Pairs

  func pair(_ values: [RowEdit.Value]) throws -> RowEdited {
    let fields = try fields(of: values)
    if let found = try paired(fields) { return RowEdited(id: found, isNothing: true) }
    guard let id = GUID(newID()) else { preconditionFailure("a new id is one") }
    try write(id, fields: fields, .insert)
    return RowEdited(id: id, isNew: true)
  }

  func unpair(_ values: [RowEdit.Value]) throws -> RowEdited {
    guard let found = try paired(try fields(of: values)) else {
      throw RowEditError.missing(table: table.name, name: "of these two rows")
    }
    return try delete(.id(found), expecting: nil)
  }

  private func paired(_ fields: [(name: String, text: String)]) throws -> GUID? {
    let terms = fields.map { "\(name: stored.stored($0.name)) = \($0.text)" as SQLText }
    return try rows.sql.row(
      """
      SELECT \(name: stored.stored(table.primaryKey)) FROM \(name: stored.name)
      WHERE \(terms.joined(separator: " AND ")) LIMIT 1
      """
    ) { GUID(try $0.text(0)) } ?? nil
  }

  // MARK: Writing

  /// What a row says, as row files do; whatever it leads to is there.
  private func fields(of values: [RowEdit.Value]) throws -> [(name: String, text: String)] {
    var fields: [(name: String, text: String)] = []
    for value in values {
      switch value.content {
      case .text(let text): fields.append((value.column, text))
      case .row(let target, let name):
        guard case .lookup(let targets) = table.column(value.column)?.type,
          targets.contains(target)
        else { throw RowEditError.leadsElsewhere(column: value.column, table: target) }
        guard let found = try reader.find(name, in: target) else {
          throw RowEditError.missing(table: target, name: "\(name)")
        }
        fields.append((value.column, found.id.description))
        if targets.count > 1 {
          fields.append((StoredTable.companionName(value.column, .type), target))
        }
      }
    }
    return fields
  }

  /// Alternate keys that are said as a whole belong to no other row.
  private func requireFree(_ values: [RowEdit.Value], besides id: GUID?) throws {
    var texts: [String: String] = [:]
    for value in values {
      if case .text(let text) = value.content, !text.isEmpty { texts[value.column] = text }
    }
    for key in table.keys where stored.inactiveKeys[key.name] == nil {
      let stated = key.columns.compactMap { column in texts[column].map { (column, $0) } }
      guard stated.count == key.columns.count, !stated.isEmpty,
        let other = try reader.find(
          .key(stated.map { (column: $0.0, text: $0.1) }),
          in: table.name
        ),
        other.id != id
      else { continue }
      throw RowEditError.keyTaken(table: table.name, key: key.name)
    }
  }

  private func write(_ id: GUID, _ values: [RowEdit.Value], _ mode: RowWriting.Mode) throws {
    try write(id, fields: try fields(of: values), mode)
  }

  /// Lookups lead to rows that were found; so nobody has to look for those that lead nowhere.
  private func write(
    _ id: GUID,
    fields: [(name: String, text: String)],
    _ mode: RowWriting.Mode
  ) throws {
    let own = fields.filter { $0.name != table.primaryKey }
    let header = [table.primaryKey] + own.map(\.name)
    let plan = try FieldPlan(header, of: table) { try reader.table($0) }
    var writer = try RowWriter(
      plan,
      stored,
      RowWriting(table: table.name, mode: mode, newID: newID),
      in: rows.transaction,
      by: user,
      operation: operation,
      moment: moment
    )
    try writer.write([id.description] + own.map(\.text), line: 1)
    try writer.finish(
      LookupCheck(lookups: [], stored: stored, reader: reader, operation: operation)
    )
  }
}
