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
  /// Where the id of the row goes.
  let rowSlot: Int
  /// What no row may leave empty.
  let required: [(slot: Int, name: String)]
  /// By what rows that are there are found, and where it goes; none where each row is new.
  let finding: [(slot: Int, name: String)]
  /// Where goes what those rows are found by.
  let matching: [Int]
  /// Where goes what texts of keys compare by, beside them.
  let folded: [FoldedSlot]
  /// The row that the same operation has written with what stands in `matching`; nil where each row is new.
  let earlier: SQLText?
  /// How new rows are written at once; nil where each may meet one that is there.
  let insertion: RowInsertion?
  /// Of a row without fields: what is the same for all of them.
  let arguments: [SQLValue]

  /// Where the state and the status of a row go; nil where the table has none.
  let states: StateSlots?
  /// Where the next number goes of columns that number new rows.
  let numbers: [(slot: Int, column: Column)]

  /// Rows are found by a key that each of them must have; without one a row that brings no id is new.
  let needsKey: Bool

  /// With rows that are there in mind, `text` gives the id of the row that it wrote, and nothing for a row that the same
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
    var columns = ImportColumns(plan)
    (slots, keyedSlots) = (columns.slots, columns.keyedSlots)
    let stated = columns.names.compactMap { $0 }
    let statedID = columns.names.firstIndex(of: plan.table.primaryKey)
    rowSlot = statedID ?? columns.slot(plan.table.primaryKey)
    idSlot = statedID == nil ? rowSlot : nil
    let changing = columns.implyAll(by: SQLValue(user), in: operation, at: .text(moment.rowText))
    states = columns.fitStates(changes: mode != .insert)
    numbers = columns.numberRows()
    folded = columns.fold(stored)
    if mode == .insert { try columns.requireAll() }
    required = columns.required
    arguments = columns.arguments
    switch mode {
    case .insert:
      text = columns.insert(into: stored)
      insertion = columns.insertion(into: stored)
      (finding, matching, earlier, needsKey) = ([], [], nil, false)
    case .upsert(let key):
      let target = try Self.conflict(key, stored, stated: stated)
      insertion = nil
      finding = target.compactMap { name in columns.names.firstIndex(of: name).map { ($0, name) } }
      needsKey = key != nil
      let places = target.map { stored.foldedName($0) ?? stored.stored($0) }
      matching = finding.map { slot, _ in columns.folded(slot) ?? slot }
      let same = places.enumerated().map { "\(name: $1) = \(argument: $0)" as SQLText }
      earlier = """
        SELECT \(name: stored.stored(plan.table.primaryKey)) FROM \(name: stored.name)
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

/// Where goes what a text of a key compares by.
struct FoldedSlot {
  let slot: Int
  /// Of the text itself.
  let text: Int
  /// Of the number that it is where the row brings none.
  let number: Int?
}

extension ImportStatement {
  /// - Parameter arguments: of a row, all but what its texts compare by.
  func fold(_ arguments: inout [SQLValue]) {
    for place in folded {
      var value = arguments[place.text]
      if value == .null, let number = place.number { value = arguments[number] }
      arguments[place.slot] = SQLValue(ValueComparison.folded.compared(RowValue(value)))
    }
  }
}

/// Where the state and the status of a row go: each follows from the other where one is not said.
struct StateSlots {
  let state: Int
  let status: Int
  /// Whether the file says them.
  let isStateStated: Bool
  let isStatusStated: Bool
  /// Where it goes what the row itself says (`Said`); nil where no row is changed by it.
  let said: Int?

  enum Said: Int64 {
    case nothing
    case state
    case status
  }
}
