internal import SQL
internal import Solutions

/// Tells in the end which lookups lead nowhere: the rows of one file may lead to each other.
struct LookupCheck {
  /// With the forms of lines that say them; nil is all lines.
  let lookups: [(column: Column, forms: Set<Int32>?)]
  let stored: StoredTable
  let reader: StoreReader
  /// Stands in `versionnumber` of what was written.
  let operation: Int

  func check(_ written: WrittenRows, _ problems: inout RowProblems) throws {
    var strangers: [String: Stranger] = [:]
    defer {
      for (id, stranger) in strangers.sorted(by: { $0.key < $1.key }) {
        problems.note(
          "there is no user \(id), whom \(stranger.rows.count.counted("row")) of the file "
            + "\(stranger.rows.count == 1 ? "names" : "name"): import that user first, or leave out such columns",
          line: stranger.line,
          field: stranger.fields.sorted().joined(separator: ", ")
        )
      }
    }
    for (column, forms) in lookups {
      guard case .lookup(let targets) = column.type else { continue }
      let missing = try missing(column, targets)
      let lines = missing.isEmpty ? [:] : written.lines(of: Set(missing.map(\.row)), in: forms)
      for lost in missing {
        // The line says nothing of it.
        guard let line = lines[lost.row] else { continue }
        if targets.first == "systemuser", (lost.table ?? "systemuser") == "systemuser" {
          strangers[lost.id, default: Stranger(line: line)].note(lost.row, line, column.name)
          problems.noteAgain(line: line)
          continue
        }
        let message =
          targets.isEmpty
          ? "no relationship says where \(column.name) leads"
          : targets.count > 1 && lost.table == nil
            ? "\(column.name) leads to several tables: say which in \(column.name):type"
            : "there is no row \(lost.id) in \(lost.table ?? targets.joined(separator: ", "))"
        problems.note(message, line: line, field: column.name)
      }
    }
  }

  /// A user of another environment: told once, however many rows and columns name him.
  private struct Stranger {
    var line: Int
    var rows: Set<GUID> = []
    var fields: Set<String> = []

    mutating func note(_ row: GUID, _ line: Int, _ field: String) {
      self.line = min(self.line, line)
      rows.insert(row)
      fields.insert(field)
    }
  }

  /// A lookup that leads nowhere.
  private struct Missing {
    let row: GUID
    let id: String
    /// Where it is said to lead, where that may be several.
    let table: String?
  }

  private func missing(_ column: Column, _ targets: [String]) throws -> [Missing] {
    let name = stored.stored(column.name)
    let type = stored.stored(StoredTable.companionName(column.name, .type))
    let lost = try reader.leadingNowhere(column, targets, in: stored)
    let key = stored.stored(stored.table.primaryKey)
    return try reader.sql.rows(
      """
      SELECT mine.\(name: key), mine.\(name: name), mine.\(name: type) FROM \(name: stored.name) AS mine
      WHERE mine.versionnumber = \(operation) AND \(lost)
      """
    ) { row in
      Missing(
        row: try StoreReader.rowID(row, 0),
        id: try row.text(1),
        table: try row.optionalText(2)
      )
    }
  }
}

extension StoreReader {
  /// The id that a row was written with.
  static func rowID(_ row: SQLRow, _ column: Int) throws -> GUID {
    guard let id = GUID(try row.text(column)) else {
      throw StoreError.damaged("a row has \(row.value(column)) as its id")
    }
    return id
  }

  /// A condition on a row `mine`: that a lookup has an id, and no row that it may lead to has it.
  ///
  /// - Parameter targets: tables that the lookup may lead to.
  func leadingNowhere(
    _ column: Column,
    _ targets: [String],
    in stored: StoredTable
  ) throws -> SQLText {
    let name = stored.stored(column.name)
    let type = stored.stored(StoredTable.companionName(column.name, .type))
    let there = try targets.compactMap { target -> SQLText? in
      guard let other = try storedTable(target) else { return nil }
      let match: SQLText = """
        EXISTS (SELECT 1 FROM \(name: other.name) AS other
          WHERE other.\(name: other.stored(other.table.primaryKey)) = mine.\(name: name))
        """
      return targets.count == 1
        ? match
        : "(mine.\(name: type) IS NOT NULL AND mine.\(name: type) = \(target) AND \(match))"
    }
    let found: SQLText = there.isEmpty ? "1 = 0" : there.joined(separator: " OR ")
    return "mine.\(name: name) IS NOT NULL AND NOT (\(found))"
  }
}
