internal import SQL
internal import Solutions

/// Turns texts into rows, and notes what cannot be one.
struct RowWriter {
  private let plan: FieldPlan
  private let stored: StoredTable
  private let session: StoreSession
  private let newID: () -> String
  private let statement: any SQLStatement
  /// Columns of the statement that a row states, by the position of its field.
  private var slots: [Int?]
  /// Values of a row; those that are the same for all stay.
  private var values: [SQLValue]
  private let idSlot: Int?
  private let keyedSlots: [Int]
  private let finders: [any SQLStatement]
  /// By the bytes of the lookup's name and the key's values: texts that Swift takes as equal may be different keys.
  private var found: [[[UInt8]]: String] = [:]
  /// Lines of the rows that were written, in order.
  private(set) var lines: [Int32] = []
  private let lastRowBefore: Int
  private var problems: [BadRow] = []
  private var problemCount = 0
  private var badLines: Set<Int> = []
  /// Where each lookup's id stood first, when rows may be changed: then their numbers tell nothing of lines.
  private var firstLines: [String: Int32] = [:]
  private let isUpsert: Bool
  private let required: [(slot: Int, name: String)]

  init(
    _ plan: FieldPlan,
    _ stored: StoredTable,
    _ writing: RowWriting,
    session: StoreSession,
    operation: Int,
    moment: Timestamp
  ) throws {
    self.plan = plan
    self.stored = stored
    self.session = session
    newID = writing.newID
    isUpsert = writing.mode != .insert
    let table = plan.table
    var names: [String] = []
    func slot(_ name: String) -> Int {
      names.append(name)
      return names.count - 1
    }
    slots = plan.fields.map { field in
      switch field {
      case .value(let column): slot(column.name)
      case .lookupType(let column): slot(StoreSession.companionName(column.name, .type))
      case .fileName(let column): slot(StoreSession.companionName(column.name, .name))
      case .key, .version: nil
      }
    }
    keyedSlots = plan.keyed.map { slot($0.lookup.name) }
    var fixed: [(Int, SQLValue)] = []
    var fallbacks: [Int: SQLValue] = [:]
    func imply(_ name: String, _ value: SQLValue) {
      guard table.column(String(name.prefix { $0 != ":" })) != nil else { return }
      if let stated = names.firstIndex(of: name) {
        fallbacks[stated] = value
      } else {
        fixed.append((slot(name), value))
      }
    }
    let stated = names
    idSlot = names.contains(table.primaryKey) ? nil : slot(table.primaryKey)
    let user = SQLValue(try session.systemUser())
    imply("createdon", .text(moment.rowText))
    imply("createdby", user)
    imply("ownerid", user)
    imply("ownerid:type", "systemuser")
    imply("statecode", 0)
    imply("statuscode", 1)
    let changing = ["modifiedon", "modifiedby", "versionnumber"].filter {
      table.column($0) != nil
    }
    imply("modifiedon", .text(moment.rowText))
    imply("modifiedby", user)
    // The last one: it marks what was written.
    imply("versionnumber", SQLValue(operation))
    if writing.mode == .insert {
      let needed = table.columns.first { $0.isSystemRequired && !names.contains($0.name) }
      if let needed {
        throw QueryError(
          description: "\(needed.name) is required by the system, and the file does not have it"
        )
      }
    }
    required = table.columns.filter(\.isSystemRequired).compactMap { column in
      guard let slot = names.firstIndex(of: column.name), fallbacks[slot] == nil else { return nil }
      return (slot, column.name)
    }
    values = [SQLValue](repeating: .null, count: names.count)
    for (slot, value) in fixed { values[slot] = value }
    let places = names.indices.map { slot -> SQLText in
      guard let fallback = fallbacks[slot], fallback != .null else {
        return "\(argument: slot)"
      }
      return "COALESCE(\(argument: slot), \(fallback))"
    }
    var text: SQLText = """
      INSERT INTO \(name: stored.name) (\(names: names.map(stored.stored)))
      VALUES (\(places.joined(separator: ", ")))
      """
    if case .upsert(let key) = writing.mode {
      let target = try Self.conflict(key, stored, stated: stated)
      let changed = (stated + changing).filter { !target.contains($0) && $0 != table.primaryKey }
      text += " ON CONFLICT (\(names: target.map(stored.stored))) DO UPDATE SET "
      text += Set(changed).sorted().map { name -> SQLText in
        // What is left empty and has a usual value is left as it is.
        let slot = names.firstIndex(of: name) ?? 0
        let column = stored.stored(name)
        return fallbacks[slot] == nil
          ? "\(name: column) = excluded.\(name: column)"
          : "\(name: column) = COALESCE(\(argument: slot), \(name: stored.name).\(name: column))"
      }.joined(separator: ", ")
    }
    statement = try session.sql.prepare(text)
    finders = try plan.keyed.map { keyed in
      let target = try session.requireTable(keyed.target.name)
      try target.requireActive(keyed.key)
      let condition = keyed.key.columns.enumerated().map {
        "\(name: target.stored($1)) = \(argument: $0)" as SQLText
      }
      return try session.sql.prepare(
        """
        SELECT \(name: target.stored(target.table.primaryKey)) FROM \(name: target.name)
        WHERE \(condition.joined(separator: " AND ")) LIMIT 1
        """
      )
    }
    lastRowBefore =
      try session.sql.row("SELECT MAX(rowid) FROM \(name: stored.name)") {
        try $0.optionalInteger(0) ?? 0
      } ?? 0
  }

  private static func conflict(
    _ key: String?,
    _ target: StoredTable,
    stated: [String]
  ) throws -> [String] {
    let table = target.table
    guard let key else {
      guard stated.contains(table.primaryKey) else {
        throw QueryError(
          description: "to change rows that are there, the file needs their \(table.primaryKey)",
          remedy: .nameKey
        )
      }
      return [table.primaryKey]
    }
    guard let found = table.keys.first(where: { $0.name == key.lowercased() }) else {
      throw QueryError(
        description: "the table \(table.name) has no alternate key \(key)"
          + (table.keys.isEmpty
            ? "" : "\n  → it has \(table.keys.map(\.name).joined(separator: ", "))")
      )
    }
    try target.requireActive(found)
    if let missing = found.columns.first(where: { !stated.contains($0) }) {
      throw QueryError(
        description: "to find rows by \(found.name), the file needs \(missing)"
      )
    }
    return found.columns
  }

  // MARK: Rows

  mutating func write(_ fields: [String], line: Int) throws {
    let before = problemCount
    for (position, field) in plan.fields.enumerated() {
      guard let slot = slots[position] else { continue }
      do throws(RowProblem) {
        switch field {
        case .value(let column):
          values[slot] =
            fields[position].isEmpty && column.type == .primaryKey
            ? .text(newID()) : SQLValue(try column.value(of: fields[position]))
        case .lookupType(let column): values[slot] = try type(fields[position], of: column)
        case .fileName: values[slot] = try name(fields[position])
        case .key, .version: break
        }
      } catch {
        note(line, position, error.message)
      }
    }
    for (number, keyed) in plan.keyed.enumerated() {
      try find(number, keyed, fields, line: line)
    }
    if let idSlot { values[idSlot] = .text(newID()) }
    for (slot, name) in required where values[slot] == .null {
      note(line, nil, "\(name) is required by the system")
    }
    guard problemCount == before else { return }
    do throws(SQLError) {
      try statement.execute(values)
      lines.append(Int32(clamping: line))
      if isUpsert { noteLookups(line) }
    } catch {
      guard case .notUnique(let columns) = error.reason else { throw error }
      note(line, nil, "another row has the same \(Self.spelled(columns))")
    }
  }

  private func name(_ text: String) throws(RowProblem) -> SQLValue {
    if text.utf8.contains(0) { throw RowProblem("the name holds a NUL") }
    return text.isEmpty ? .null : .text(text)
  }

  private func type(_ text: String, of column: Column) throws(RowProblem) -> SQLValue {
    guard !text.isEmpty else { return .null }
    if case .lookup(let targets) = column.type, !targets.contains(text.lowercased()) {
      throw RowProblem("\(column.name) leads to \(targets.joined(separator: ", ")), not to \(text)")
    }
    return .text(text.lowercased())
  }

  /// Columns that the database names, by the names that people know.
  private static func spelled(_ columns: [String]) -> String {
    columns.isEmpty
      ? "key" : columns.map { String($0.prefix { $0 != "~" }) }.joined(separator: ", ")
  }

  private mutating func find(
    _ number: Int,
    _ keyed: FieldPlan.Keyed,
    _ fields: [String],
    line: Int
  ) throws {
    let texts = keyed.positions.map { fields[$0] }
    guard texts.contains(where: { !$0.isEmpty }) else {
      values[keyedSlots[number]] = .null
      return
    }
    let cached = ([keyed.lookup.name] + texts).map { Array($0.utf8) }
    if let id = found[cached] {
      values[keyedSlots[number]] = .text(id)
      return
    }
    var wanted: [SQLValue] = []
    for (text, name) in zip(texts, keyed.key.columns) {
      guard let column = keyed.target.column(name) else { continue }
      do throws(RowProblem) {
        wanted.append(SQLValue(try column.value(of: text)))
      } catch {
        return note(line, keyed.positions[0], error.message)
      }
    }
    guard let row = try finders[number].row(wanted), case .text(let id) = row.value(0) else {
      return note(
        line,
        keyed.positions[0],
        "no row of \(keyed.target.name) has \(texts.joined(separator: ", "))"
      )
    }
    if found.count > 50_000 { found.removeAll() }
    found[cached] = id
    values[keyedSlots[number]] = .text(id)
  }

  private mutating func noteLookups(_ line: Int) {
    for (position, field) in plan.fields.enumerated() {
      guard case .value(let column) = field, case .lookup = column.type,
        let slot = slots[position], case .text(let id) = values[slot]
      else { continue }
      let key = "\(column.name) \(id)"
      if firstLines[key] == nil { firstLines[key] = Int32(clamping: line) }
    }
  }

  private mutating func note(_ line: Int, _ position: Int?, _ message: String) {
    problemCount += 1
    badLines.insert(line)
    guard problems.count < 20 else { return }
    let names = plan.fields.map { field in
      switch field {
      case .value(let column): column.name
      case .lookupType(let column): "\(column.name):type"
      case .fileName(let column): "\(column.name):name"
      case .key(let lookup, let target): "\(lookup.name).\(target.name)"
      case .version: "versionnumber"
      }
    }
    problems.append(BadRow(line: line, field: position.map { names[$0] }, message: message))
  }

  // MARK: In the end

  /// Lookups must lead somewhere; the rows of one file may lead to each other.
  mutating func checkLookups() throws {
    for (position, field) in plan.fields.enumerated() {
      guard case .value(let column) = field, case .lookup(let targets) = column.type else {
        continue
      }
      let name = stored.stored(column.name)
      let type = stored.stored(StoreSession.companionName(column.name, .type))
      let there = try targets.compactMap { target -> SQLText? in
        guard let other = try session.storedTable(target) else { return nil }
        let match: SQLText = """
          EXISTS (SELECT 1 FROM \(name: other.name) AS other
            WHERE other.\(name: other.stored(other.table.primaryKey)) = mine.\(name: name))
          """
        return targets.count == 1
          ? match
          : "(mine.\(name: type) IS NOT NULL AND mine.\(name: type) = \(target) AND \(match))"
      }
      let found: SQLText = there.isEmpty ? "1 = 0" : there.joined(separator: " OR ")
      var missing: [(row: Int, id: String, type: String?)] = []
      try session.sql.forEachRow(
        """
        SELECT mine.rowid, mine.\(name: name), mine.\(name: type)
        FROM \(name: stored.name) AS mine
        WHERE mine.versionnumber = \(values[versionSlot]) AND mine.\(name: name) IS NOT NULL
          AND NOT (\(found))
        """
      ) { missing.append((try $0.integer(0), try $0.text(1), try $0.optionalText(2))) }
      for (row, id, type) in missing {
        let place = row - lastRowBefore - 1
        let line =
          isUpsert
          ? Int(firstLines["\(column.name) \(id)"] ?? 0)
          : lines.indices.contains(place) ? Int(lines[place]) : 0
        let message =
          targets.isEmpty
          ? "no relationship says where \(column.name) leads"
          : targets.count > 1 && type == nil
            ? "\(column.name) leads to several tables: say which in \(column.name):type"
            : "there is no row \(id) in \(type ?? targets.joined(separator: ", "))"
        note(line, position, message)
      }
    }
  }

  private var versionSlot: Int { values.count - 1 }

  func throwProblems() throws {
    guard problemCount == 0 else {
      throw BadRows(rows: problems.sorted { $0.line < $1.line }, count: badLines.count)
    }
  }
}
