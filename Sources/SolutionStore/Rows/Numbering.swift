internal import SQL
internal import Solutions

/// Numbers for new rows of one import: what comes next is read once and written once.
///
/// A sequence belongs to its column in the environment: it never goes back, whatever is rolled back, dropped or made anew.
struct Numbering {
  private let columns: [Numbered]
  private let moment: Timestamp
  private let newID: () -> String
  private let transaction: StoreTransaction
  private var next: [Int]

  private struct Numbered {
    /// Where the number goes, and where a value of the row's own stands; nil where the file has no such column.
    let slot: Int
    let stated: Int?
    let column: Column
    let format: AutoNumber
    let component: Int
  }

  init(
    _ statement: ImportStatement,
    _ plan: FieldPlan,
    in transaction: StoreTransaction,
    at moment: Timestamp,
    newID: @escaping () -> String
  ) throws {
    self.moment = moment
    self.newID = newID
    self.transaction = transaction
    columns = try statement.numbers.compactMap { slot, column in
      guard let format = column.autoNumber else { return nil }
      let id = ComponentID.attribute(plan.table.name, column.name)
      let position = plan.fields.firstIndex { field in
        if case .value(let other) = field { other.name == column.name } else { false }
      }
      return Numbered(
        slot: slot,
        stated: position.flatMap { statement.slots[$0] },
        column: column,
        format: format,
        component: try transaction.numbering([id])[id] ?? 0
      )
    }
    next = []
    try resume()
  }

  /// Goes on where others who number the same columns have come to.
  mutating func resume() throws {
    next = try columns.map { column in
      let found = try transaction.sql.row(
        "SELECT next FROM number_sequence WHERE component = \(column.component)"
      ) { try $0.integer(0) }
      return found ?? AutoNumber.first
    }
  }

  /// - Parameter arguments: get the numbers that are next.
  func number(_ arguments: inout [SQLValue], line: Int, _ problems: inout RowProblems) {
    for (place, column) in columns.enumerated() {
      guard column.stated.map({ arguments[$0] == .null }) ?? true else {
        if column.stated != column.slot { arguments[column.slot] = .null }
        continue
      }
      let text = column.format.text(next[place], at: moment, newID: newID)
      do throws(RowProblem) {
        arguments[column.slot] = SQLValue(try column.column.value(of: text))
      } catch {
        problems.note("its number \(text): \(error.message)", line: line, field: column.column.name)
      }
    }
  }

  /// The row is written; numbers that it took are gone.
  ///
  /// - Parameter row: its number and, of the columns in order, what they hold; nil for one that is new.
  mutating func settle(_ arguments: [SQLValue], _ row: SQLRow?) {
    for (place, column) in columns.enumerated() where column.format.isCounted {
      let given = arguments[column.slot]
      if given != .null, row.map({ $0.value(place + 1) == given }) ?? true { next[place] += 1 }
    }
  }

  /// - Throws: where a sequence has come to its end.
  func keep() throws {
    for (place, column) in columns.enumerated() where column.format.isCounted {
      guard next[place] < SQLRow.integerMax else {
        throw QueryError(description: "the numbers of \(column.column.name) have come to their end")
      }
      try transaction.sql.execute(
        """
        INSERT INTO number_sequence (component, next) VALUES (\(column.component), \(next[place]))
        ON CONFLICT (component) DO UPDATE SET next = excluded.next
        """
      )
    }
  }
}
