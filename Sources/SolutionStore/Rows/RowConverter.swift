internal import SQL
internal import Solutions

/// Turns the fields of a row into arguments of its statement.
struct RowConverter {
  private let plan: FieldPlan
  private let statement: ImportStatement
  private let statuses: Statuses
  private let newID: () -> String

  /// - Parameter newID: for rows that bring none.
  init(_ plan: FieldPlan, _ statement: ImportStatement, newID: @escaping () -> String) {
    self.plan = plan
    self.statement = statement
    self.newID = newID
    statuses = plan.table.statuses
  }

  /// - Parameters:
  ///   - arguments: of the row before, or of none; lookups by alternate keys stay as they are.
  ///   - problems: gets what cannot be a value.
  func convert(
    _ fields: [String],
    line: Int,
    into arguments: inout [SQLValue],
    _ problems: inout RowProblems
  ) {
    for (position, field) in plan.fields.enumerated() {
      guard let slot = statement.slots[position] else { continue }
      do throws(RowProblem) {
        arguments[slot] = try value(of: fields[position], as: field)
      } catch {
        problems.note(error.message, line: line, field: field.name)
      }
    }
    if let slot = statement.idSlot { arguments[slot] = .text(newID()) }
    do throws(RowProblem) {
      try fitState(&arguments)
    } catch {
      problems.note(error.message, line: line)
    }
  }

  /// State and status of the row, as it says them and as they follow from each other.
  private func fitState(_ arguments: inout [SQLValue]) throws(RowProblem) {
    guard let slots = statement.states else { return }
    func said(_ slot: Int, _ isStated: Bool) -> Int? {
      guard isStated, case .integer(let value) = arguments[slot] else { return nil }
      return Int(value)
    }
    let state = said(slots.state, slots.isStateStated)
    let status = said(slots.status, slots.isStatusStated)
    let fitting = try statuses.completed(state: state, status: status)
    arguments[slots.state] = SQLValue(fitting.state)
    arguments[slots.status] = SQLValue(fitting.status)
    guard let place = slots.said else { return }
    let told: StateSlots.Said = status != nil ? .status : state != nil ? .state : .nothing
    arguments[place] = .integer(told.rawValue)
  }

  /// Asked when lookups have been found, too.
  func requireAll(_ arguments: [SQLValue], line: Int, _ problems: inout RowProblems) {
    for (slot, name) in statement.required where arguments[slot] == .null {
      problems.note("\(name) is required by the system", line: line)
    }
    guard statement.needsKey else { return }
    for (slot, name) in statement.finding where arguments[slot] == .null {
      problems.note("\(name) is empty, so no row can be found by it", line: line)
    }
  }

  private func value(of text: String, as field: FieldPlan.Field) throws(RowProblem) -> SQLValue {
    switch field {
    case .value(let column) where text.isEmpty && column.type == .primaryKey: .text(newID())
    case .value(let column): SQLValue(try column.value(of: text))
    case .lookupType(let column): try table(text, of: column)
    case .fileName: try name(text)
    case .key, .version: .null
    }
  }

  private func name(_ text: String) throws(RowProblem) -> SQLValue {
    if text.utf8.contains(0) { throw RowProblem("the name holds a NUL") }
    return text.isEmpty ? .null : .text(text)
  }

  private func table(_ text: String, of column: Column) throws(RowProblem) -> SQLValue {
    guard !text.isEmpty else { return .null }
    if case .lookup(let targets) = column.type, !targets.contains(text.lowercased()) {
      throw RowProblem("\(column.name) leads to \(targets.joined(separator: ", ")), not to \(text)")
    }
    return .text(text.lowercased())
  }
}

/// What cannot be written: the first of it, and how much there is.
struct RowProblems {
  private var first: [BadRow] = []
  private(set) var count = 0
  private var lines: Set<Int> = []

  /// Whether no more of it is kept, only counted.
  var isFull: Bool { first.count >= Self.firstMax }

  private static let firstMax = 20

  /// - Parameter field: nil when it is the row as a whole.
  mutating func note(_ message: String, line: Int, field: String? = nil) {
    count += 1
    lines.insert(line)
    if !isFull { first.append(BadRow(line: line, field: field, message: message)) }
  }

  /// Notes those of a line by itself.
  mutating func note(_ line: RowProblems) {
    count += line.count
    lines.formUnion(line.lines)
    first += line.first.prefix(max(0, Self.firstMax - first.count))
  }

  mutating func add(_ others: RowProblems) {
    count += others.count
    lines.formUnion(others.lines)
    first += others.first
  }

  /// A line with a problem that is told of another one, or of the file as a whole.
  mutating func noteAgain(line: Int) { lines.insert(line) }

  func throwAny() throws(BadRows) {
    guard count > 0 else { return }
    throw BadRows(rows: first.sorted { $0.line < $1.line }, count: lines.count)
  }
}
