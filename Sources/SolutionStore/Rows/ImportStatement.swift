internal import SQL
internal import Solutions

/// The statement that writes the rows of a file, and what its arguments are.
struct ImportStatement {
  let text: SQLText
  /// Where the value of each field goes; nil for what is no column by itself.
  let slots: [Int?]
  /// Where the lookups go that are found by alternate keys.
  let keyedSlots: [Int]
  /// Where a new id goes; nil where the file has ids.
  let idSlot: Int?
  /// What no row may leave empty.
  let required: [(slot: Int, name: String)]
  /// By what rows that are there are found, and where it goes; none where each row is new.
  let finding: [(slot: Int, name: String)]
  /// The row that the same operation has written with these values; nil where each row is new.
  let earlier: SQLText?
  /// Of a row without fields: what is the same for all of them.
  let arguments: [SQLValue]

  /// Rows are found by a key that each of them must have; without one a row that brings no id is new.
  let needsKey: Bool

  /// With rows that are there in mind, `text` gives the number of the row that it wrote, and nothing for a row that the same
  /// operation has written before.
  ///
  /// - Parameters:
  ///   - user: owns what nobody owns.
  ///   - operation: marks what was written.
  init(
    _ plan: FieldPlan,
    _ stored: StoredTable,
    _ mode: RowWriting.Mode,
    by user: String?,
    in operation: Int,
    at moment: Timestamp
  ) throws(QueryError) {
    var columns = Columns(plan)
    (slots, keyedSlots) = (columns.slots, columns.keyedSlots)
    let stated = columns.names
    idSlot = stated.contains(plan.table.primaryKey) ? nil : columns.slot(plan.table.primaryKey)
    let changing = columns.implyAll(by: SQLValue(user), in: operation, at: .text(moment.rowText))
    if mode == .insert { try columns.requireAll() }
    required = columns.required
    arguments = columns.arguments
    switch mode {
    case .insert:
      text = columns.insert(into: stored)
      (finding, earlier, needsKey) = ([], nil, false)
    case .upsert(let key):
      let target = try Self.conflict(key, stored, stated: stated)
      finding = target.compactMap { name in columns.names.firstIndex(of: name).map { ($0, name) } }
      needsKey = key != nil
      let same = target.enumerated().map {
        "\(name: stored.stored($1)) = \(argument: $0)" as SQLText
      }
      earlier = """
        SELECT rowid FROM \(name: stored.name)
        WHERE \(same.joined(separator: " AND ")) AND versionnumber = \(operation) LIMIT 1
        """
      text =
        columns.insert(into: stored)
        + columns.update(stored, stated + changing, onConflict: target, in: operation)
    }
  }

  /// The columns by which rows that are there are found.
  private static func conflict(
    _ key: String?,
    _ target: StoredTable,
    stated: [String]
  ) throws(QueryError) -> [String] {
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
      throw QueryError(description: "to find rows by \(found.name), the file needs \(missing)")
    }
    return found.columns
  }
}

/// Columns of the statement in the order of its arguments.
private struct Columns {
  private let table: Table
  private(set) var names: [String] = []
  private(set) var slots: [Int?] = []
  private(set) var keyedSlots: [Int] = []
  /// The same for all rows.
  private var fixed: [Int: SQLValue] = [:]
  /// Where a row says nothing.
  private var fallbacks: [Int: SQLValue] = [:]

  init(_ plan: FieldPlan) {
    table = plan.table
    slots = plan.fields.map { field in
      switch field {
      case .value, .lookupType, .fileName: slot(field.name)
      case .key, .version: nil
      }
    }
    keyedSlots = plan.keyed.map { slot($0.lookup.name) }
  }

  mutating func slot(_ name: String) -> Int {
    names.append(name)
    return names.count - 1
  }

  /// What the environment says of every row, where the table has a place for it.
  ///
  /// - Returns: what changes with a row that is there.
  mutating func implyAll(
    by user: SQLValue,
    in operation: Int,
    at moment: SQLValue
  ) -> [String] {
    imply("createdon", moment)
    imply("createdby", user)
    imply("ownerid", user)
    imply("ownerid:type", "systemuser")
    imply("statecode", 0)
    imply("statuscode", 1)
    imply("modifiedon", moment)
    imply("modifiedby", user)
    imply("versionnumber", SQLValue(operation))
    return ["modifiedon", "modifiedby", "versionnumber"].filter { table.column($0) != nil }
  }

  private mutating func imply(_ name: String, _ value: SQLValue) {
    guard table.column(String(name.prefix { $0 != ":" })) != nil else { return }
    if let stated = names.firstIndex(of: name) {
      fallbacks[stated] = value
    } else {
      fixed[slot(name)] = value
    }
  }

  func requireAll() throws(QueryError) {
    let needed = table.columns.first { $0.isSystemRequired && !names.contains($0.name) }
    guard let needed else { return }
    throw QueryError(
      description: "\(needed.name) is required by the system, and the file does not have it"
    )
  }

  var required: [(slot: Int, name: String)] {
    table.columns.filter(\.isSystemRequired).compactMap { column in
      guard let slot = names.firstIndex(of: column.name), fallbacks[slot] == nil else { return nil }
      return (slot, column.name)
    }
  }

  var arguments: [SQLValue] { names.indices.map { fixed[$0] ?? .null } }

  func insert(into stored: StoredTable) -> SQLText {
    let places = names.indices.map { slot -> SQLText in
      guard let fallback = fallbacks[slot], fallback != .null else { return "\(argument: slot)" }
      return "COALESCE(\(argument: slot), \(fallback))"
    }
    return """
      INSERT INTO \(name: stored.name) (\(names: names.map(stored.stored)))
      VALUES (\(places.joined(separator: ", ")))
      """
  }

  func update(
    _ stored: StoredTable,
    _ changing: [String],
    onConflict target: [String],
    in operation: Int
  ) -> SQLText {
    let changed = Set(changing).subtracting(target + [table.primaryKey]).sorted()
    let assignments = changed.map { name -> SQLText in
      // What is left empty and has a usual value is left as it is.
      let slot = names.firstIndex(of: name) ?? 0
      let column = stored.stored(name)
      return fallbacks[slot] == nil
        ? "\(name: column) = excluded.\(name: column)"
        : "\(name: column) = COALESCE(\(argument: slot), \(name: stored.name).\(name: column))"
    }
    return """
       ON CONFLICT (\(names: target.map(stored.stored)))
      DO UPDATE SET \(assignments.joined(separator: ", "))
      WHERE COALESCE(\(name: stored.name).versionnumber, 0) <> \(operation)
      RETURNING rowid
      """
  }
}
