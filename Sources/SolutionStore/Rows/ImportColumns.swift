internal import SQL
internal import Solutions

/// Columns of the statement in the order of its arguments.
struct ImportColumns {
  private let table: Table
  /// nil for what goes into the statement beside its columns.
  private(set) var names: [String?] = []
  private(set) var slots: [Int?] = []
  private(set) var keyedSlots: [Int] = []
  /// The same for all rows.
  private var fixed: [Int: SQLValue] = [:]
  /// Where a row says nothing.
  private var fallbacks: [Int: Fallback] = [:]
  private var states: StateSlots?
  private var numbers: [(slot: Int, column: Column)] = []
  private var foldedSlots: [FoldedSlot] = []

  private enum Fallback {
    case value(SQLValue)
    /// What goes with the row beside it.
    case slot(Int)

    var text: SQLText {
      switch self {
      case .value(let value): "\(value)"
      case .slot(let slot): "\(argument: slot)"
      }
    }
  }

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

  mutating func slot(_ name: String?) -> Int {
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
    imply("modifiedon", moment)
    imply("modifiedby", user)
    imply("versionnumber", SQLValue(operation))
    // A cell that is there and empty stays empty.
    for column in table.columns where !names.contains(column.name) && !column.isComputed {
      if let option = column.defaultOption { fixed[slot(column.name)] = SQLValue(option) }
    }
    return ["modifiedon", "modifiedby", "versionnumber"].filter { table.column($0) != nil }
  }

  private mutating func imply(_ name: String, _ value: SQLValue) {
    guard table.column(String(name.prefix { $0 != ":" })) != nil else { return }
    if let stated = names.firstIndex(of: name) {
      if value != .null { fallbacks[stated] = .value(value) }
    } else {
      fixed[slot(name)] = value
    }
  }

  /// The state and the status of each row, which its converter makes fit each other.
  ///
  /// - Parameter changes: whether rows that are there are changed.
  mutating func fitStates(changes: Bool) -> StateSlots? {
    guard table.column("statecode") != nil, table.column("statuscode") != nil else { return nil }
    let (state, status) = (names.firstIndex(of: "statecode"), names.firstIndex(of: "statuscode"))
    states = StateSlots(
      state: state ?? slot("statecode"),
      status: status ?? slot("statuscode"),
      isStateStated: state != nil,
      isStatusStated: status != nil,
      said: changes && (state != nil || status != nil) ? slot(nil) : nil
    )
    return states
  }

  /// Numbers for rows that bring none.
  mutating func numberRows() -> [(slot: Int, column: Column)] {
    numbers = table.columns.filter { $0.autoNumber != nil && !$0.isComputed }.map { column in
      guard let stated = names.firstIndex(of: column.name) else {
        return (slot(column.name), column)
      }
      let number = slot(nil)
      fallbacks[stated] = .slot(number)
      return (number, column)
    }
    return numbers
  }

  /// Beside texts of keys what they compare by.
  mutating func fold(_ stored: StoredTable) -> [FoldedSlot] {
    for (slot, name) in names.enumerated() {
      guard let name, stored.folded.contains(name) else { continue }
      let number = numbers.first { $0.column.name == name && $0.slot != slot }?.slot
      let folded = self.slot(StoredTable.foldedName(name))
      foldedSlots.append(FoldedSlot(slot: folded, text: slot, number: number))
    }
    return foldedSlots
  }

  /// Where goes what the text in a slot compares by.
  func folded(_ text: Int) -> Int? { foldedSlots.first { $0.text == text }?.slot }

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
    let named = names.enumerated().compactMap { slot, name in name.map { (slot, $0) } }
    let places = named.map { slot, _ -> SQLText in
      guard let fallback = fallbacks[slot] else { return "\(argument: slot)" }
      return "COALESCE(\(argument: slot), \(fallback.text))"
    }
    return """
      INSERT INTO \(name: stored.name) (\(names: named.map { stored.stored($0.1) }))
      VALUES (\(places.joined(separator: ", ")))
      """
  }

  /// The same for rows that are written together; nil where a value follows from another one.
  func insertion(into stored: StoredTable) -> RowInsertion? {
    var (columns, sources): ([String], [RowInsertion.Source]) = ([], [])
    for (slot, name) in names.enumerated() {
      guard let name else { continue }
      var source = RowInsertion.Source(slot: slot)
      switch fallbacks[slot] {
      case .slot: return nil
      case .value(let value): source.fallback = value
      case nil: break
      }
      columns.append(stored.stored(name))
      sources.append(source)
    }
    return RowInsertion(table: stored.name, columns: columns, sources: sources)
  }

  /// - Parameter operation: what it has written itself stays.
  func update(
    _ stored: StoredTable,
    _ changing: [String],
    onConflict target: [String],
    in operation: Int
  ) -> SQLText {
    var changed = Set(changing).subtracting(target + [table.primaryKey])
    changed.formUnion(changed.filter(stored.folded.contains).map(StoredTable.foldedName))
    // One follows from the other.
    if states?.said != nil {
      changed.formUnion(["statecode", "statuscode"])
    }
    let assignments = changed.sorted().map { name -> SQLText in
      let column = stored.stored(name)
      return "\(name: column) = \(value(of: name, column, stored))"
    }
    return """
       ON CONFLICT (\(names: target.map { stored.foldedName($0) ?? stored.stored($0) }))
      DO UPDATE SET \(assignments.joined(separator: ", "))
      WHERE COALESCE(\(name: stored.name).\(name: "versionnumber"), 0) <> \(operation)
      RETURNING \(name: stored.stored(table.primaryKey))\(numbered(stored))
      """
  }

  /// What columns that number rows have now: a row that was there has kept its own.
  private func numbered(_ stored: StoredTable) -> SQLText {
    table.columns.filter { $0.autoNumber != nil && !$0.isComputed }.map {
      ", \(name: stored.stored($0.name))" as SQLText
    }.joined(separator: "")
  }

  /// Of a row that is there.
  private func value(of name: String, _ column: String, _ stored: StoredTable) -> SQLText {
    let slot = names.firstIndex(of: name) ?? 0
    let own: SQLText = "\(name: stored.name).\(name: column)"
    let new: SQLText = "excluded.\(name: column)"
    switch (name, states?.said) {
    case ("statecode", let said?):
      return "CASE WHEN \(argument: said) = 0 THEN \(own) ELSE \(new) END"
    case ("statuscode", let said?):
      let state: SQLText = "excluded.\(name: stored.stored("statecode"))"
      return """
        CASE WHEN \(argument: said) = 2 THEN \(new) WHEN \(argument: said) = 1
        AND COALESCE(\(table.statuses.state(of: own)), -1) <> \(state) THEN \(new) ELSE \(own) END
        """
    default:
      // What is left empty and has a usual value is left as it is.
      if let text = foldedSlots.first(where: { $0.slot == slot })?.text {
        return fallbacks[text] == nil
          ? new : "CASE WHEN \(argument: text) IS NULL THEN \(own) ELSE \(new) END"
      }
      return fallbacks[slot] == nil ? new : "COALESCE(\(argument: slot), \(own))"
    }
  }
}

extension Statuses {
  /// The state that a status belongs to; no value where nobody knows it.
  func state(of status: SQLText) -> SQLText {
    Self.translated(status, states)
  }

  /// The status that a state begins with.
  func beginning(of state: SQLText) -> SQLText {
    Self.translated(state, beginnings)
  }

  private static func translated(_ term: SQLText, _ values: [Int: Int]) -> SQLText {
    guard !values.isEmpty else { return "NULL" }
    let cases = values.sorted { $0.key < $1.key }.map { "WHEN \($0) THEN \($1)" as SQLText }
    return "CASE \(term) \(cases.joined(separator: " ")) END"
  }
}

/// How rows are written together that are all new.
struct RowInsertion {
  let table: String
  let columns: [String]
  /// Where the value of each column comes from.
  let sources: [Source]

  struct Source {
    let slot: Int
    /// Where the row says nothing.
    var fallback: SQLValue = .null
  }

  /// - Parameter arguments: of the statement that writes one row.
  func row(_ arguments: [SQLValue]) -> [SQLValue] {
    sources.map { arguments[$0.slot] == .null ? $0.fallback : arguments[$0.slot] }
  }
}
