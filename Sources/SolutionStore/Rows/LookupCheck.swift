internal import SQL
internal import Solutions

/// Remembers where rows came from, and tells in the end which of them lead nowhere.
///
/// Lookups must lead somewhere; the rows of one file may lead to each other.
struct LookupCheck {
  private let plan: FieldPlan
  private let statement: ImportStatement
  private let stored: StoredTable
  private let reader: StoreReader
  /// Stands in `versionnumber` of what was written.
  private let operation: Int
  private let isUpsert: Bool
  private let lastRowBefore: Int
  /// Lines of the rows that were written, in order.
  private(set) var lines: [Int32] = []
  /// Where each lookup's id stood first, when rows may be changed: then their numbers tell nothing of lines.
  private var firstLines: [String: Int32] = [:]

  init(
    _ plan: FieldPlan,
    _ statement: ImportStatement,
    _ stored: StoredTable,
    isUpsert: Bool,
    reader: StoreReader,
    operation: Int
  ) throws {
    self.plan = plan
    self.statement = statement
    self.stored = stored
    self.reader = reader
    self.operation = operation
    self.isUpsert = isUpsert
    let last = try reader.sql.row("SELECT MAX(rowid) FROM \(name: stored.name)") {
      try $0.optionalInteger(0)
    }
    lastRowBefore = (last ?? 0) ?? 0
  }

  mutating func noteWritten(_ arguments: [SQLValue], line: Int) {
    lines.append(Int32(clamping: line))
    guard isUpsert else { return }
    for (position, field) in plan.fields.enumerated() {
      guard case .value(let column) = field, case .lookup = column.type,
        let slot = statement.slots[position], case .text(let id) = arguments[slot]
      else { continue }
      let key = "\(column.name) \(id)"
      if firstLines[key] == nil { firstLines[key] = Int32(clamping: line) }
    }
  }

  func check(_ problems: inout RowProblems) throws {
    var strangers: [String: Stranger] = [:]
    defer {
      for (id, stranger) in strangers.sorted(by: { $0.key < $1.key }) {
        problems.note(
          "there is no user \(id), whom \(counted(stranger.rows.count, "row")) of the file "
            + "\(stranger.rows.count == 1 ? "names" : "name"): import that user first, or leave out such columns",
          line: stranger.line,
          field: stranger.fields.sorted().joined(separator: ", ")
        )
      }
    }
    for field in plan.fields {
      guard case .value(let column) = field, case .lookup(let targets) = column.type else {
        continue
      }
      for missing in try missing(column, targets) {
        let line = line(of: missing, column)
        if targets.first == "systemuser", (missing.table ?? "systemuser") == "systemuser" {
          strangers[missing.id, default: Stranger(line: line)].note(missing.row, line, field.name)
          problems.noteAgain(line: line)
          continue
        }
        let message =
          targets.isEmpty
          ? "no relationship says where \(column.name) leads"
          : targets.count > 1 && missing.table == nil
            ? "\(column.name) leads to several tables: say which in \(column.name):type"
            : "there is no row \(missing.id) in \(missing.table ?? targets.joined(separator: ", "))"
        problems.note(message, line: line, field: field.name)
      }
    }
  }

  /// A user of another environment: told once, however many rows and columns name him.
  private struct Stranger {
    var line: Int
    var rows: Set<Int> = []
    var fields: Set<String> = []

    mutating func note(_ row: Int, _ line: Int, _ field: String) {
      self.line = min(self.line, line)
      rows.insert(row)
      fields.insert(field)
    }
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A lookup that leads nowhere.
  private struct Missing {
    let row: Int
    let id: String
    /// Where it is said to lead, where that may be several.
    let table: String?
  }

  private func missing(_ column: Column, _ targets: [String]) throws -> [Missing] {
    let name = stored.stored(column.name)
    let type = stored.stored(StoredTable.companionName(column.name, .type))
    let there = try targets.compactMap { target -> SQLText? in
      guard let other = try reader.storedTable(target) else { return nil }
      let match: SQLText = """
        EXISTS (SELECT 1 FROM \(name: other.name) AS other
          WHERE other.\(name: other.stored(other.table.primaryKey)) = mine.\(name: name))
        """
      return targets.count == 1
        ? match
        : "(mine.\(name: type) IS NOT NULL AND mine.\(name: type) = \(target) AND \(match))"
    }
    let found: SQLText = there.isEmpty ? "1 = 0" : there.joined(separator: " OR ")
    return try reader.sql.rows(
      """
      SELECT mine.rowid, mine.\(name: name), mine.\(name: type) FROM \(name: stored.name) AS mine
      WHERE mine.versionnumber = \(operation) AND mine.\(name: name) IS NOT NULL AND NOT (\(found))
      """
    ) { row in
      Missing(row: try row.integer(0), id: try row.text(1), table: try row.optionalText(2))
    }
  }

  private func line(of missing: Missing, _ column: Column) -> Int {
    if isUpsert { return Int(firstLines["\(column.name) \(missing.id)"] ?? 0) }
    let place = missing.row - lastRowBefore - 1
    return lines.indices.contains(place) ? Int(lines[place]) : 0
  }
}
