internal import SQL
internal import Solutions

/// Writes rows as they come, and notes what cannot be one.
struct RowWriter {
  private let converter: RowConverter
  private let form: ImportStatement
  private let statement: any SQLStatement
  /// Finds the row that the same file has written before; nil where each row is new.
  private let earlier: (any SQLStatement)?
  private var finder: LookupFinder
  private var numbering: Numbering
  private let table: Table
  private let written: WrittenRows
  /// Of the lines that it writes, where others are written into the same table.
  private let part: Part?
  /// Finds rows that are there; nil where they are written all the same.
  private let equality: RowEquality?
  private let leaving: Leaving
  /// Rows that say what is there already.
  private(set) var equal = 0
  /// Rows that are different and stay as they are.
  private(set) var kept = 0
  /// Of those that were written: rows that were there.
  private(set) var changed = 0
  /// How many rows were written.
  private(set) var count = 0
  private(set) var problems = RowProblems()
  /// Of the row that is written; those that are the same for all stay.
  private var arguments: [SQLValue]
  /// Whether rows may be written some hundreds at a time: none depends on what became of the one before.
  private let isGathering: Bool
  private var gathered: [(arguments: [SQLValue], line: Int)] = []
  /// Of the lines that are gathered, and how many may be.
  private var gatheredBytes = 0
  private let gatheredMost: Int
  private let sql: any SQLSession

  /// About how much is held back at most: rows may hold whole files.
  private static let gatheredBytesMost = 8 << 20
  /// New rows that are written at once.
  private static let insertedAtOnce = 2_000

  /// Which rows that are there are left alone.
  enum Leaving {
    case none
    case equal
    case all
  }

  /// One of several that write into a table.
  struct Part {
    /// Of all of them.
    let written: WrittenRows
    /// Which lookups its lines say.
    let form: Int32
  }

  init(
    _ plan: FieldPlan,
    _ stored: StoredTable,
    _ writing: RowWriting,
    in transaction: StoreTransaction,
    by user: GUID? = nil,
    operation: Int,
    moment: Timestamp,
    leaving: Leaving = .none,
    as part: Part? = nil
  ) throws {
    form = try ImportStatement(
      plan,
      stored,
      writing.mode,
      by: try user?.description ?? transaction.reader.systemUser(),
      in: operation,
      at: moment
    )
    arguments = form.arguments
    converter = RowConverter(plan, form, newID: writing.newID)
    sql = transaction.sql
    statement = try sql.prepare(form.text, mayFail: true)
    gatheredMost = form.insertion == nil ? statement.runsAtOnce : Self.insertedAtOnce
    earlier = try form.earlier.map { try transaction.sql.prepare($0) }
    finder = try LookupFinder(plan, form, in: transaction)
    numbering = try Numbering(
      form,
      plan,
      in: transaction,
      at: moment,
      newID: writing.newID
    )
    self.leaving = leaving
    equality =
      leaving == .none ? nil : try RowEquality(form, plan, stored, in: transaction)
    self.part = part
    written = part?.written ?? WrittenRows()
    table = plan.table
    isGathering =
      statement.runsAtOnce > 1 && leaving == .none && part == nil && form.numbers.isEmpty
      && plan.keyed.allSatisfy { $0.target.name != plan.table.name }
  }

  mutating func write(_ fields: [String], line: Int) throws {
    var found = RowProblems()
    converter.convert(fields, line: line, into: &arguments, &found)
    try finder.find(fields, line: line, into: &arguments, &found)
    converter.requireAll(arguments, line: line, &found)
    numbering.number(&arguments, line: line, &found)
    guard found.count == 0 else {
      // What is wrong with lines before it is told before it.
      try writeGathered()
      return problems.note(found)
    }
    form.fold(&arguments)
    if let equality, let isEqual = try equality.compare(arguments) {
      if isEqual {
        equal += 1
        return
      }
      guard leaving != .all else {
        kept += 1
        return
      }
      changed += 1
    }
    if isGathering {
      gathered.append((arguments, line))
      gatheredBytes += fields.reduce(0) { $0 + $1.utf8.count }
      if gathered.count >= gatheredMost || gatheredBytes > Self.gatheredBytesMost {
        try writeGathered()
      }
    } else {
      let answer = Result { () throws(SQLError) in
        guard form.finding.isEmpty else { return try statement.row(arguments) }
        try statement.execute(arguments)
        return nil
      }
      try settle(arguments, answer, line)
    }
  }

  /// Writes the rows that wait for others.
  mutating func writeGathered() throws {
    guard !gathered.isEmpty else { return }
    let rows = gathered
    gathered.removeAll(keepingCapacity: true)
    gatheredBytes = 0
    let arguments = rows.map(\.arguments)
    guard try insertTogether(arguments) else {
      return try statement.runEach(arguments) { place, answer in
        try settle(rows[place].arguments, answer, rows[place].line)
      }
    }
    for row in rows { try settle(row.arguments, .success(nil), row.line) }
  }

  /// - Returns: whether it is done; else nothing is, and it is known which row is in the way when each is written by itself.
  private func insertTogether(_ rows: [[SQLValue]]) throws -> Bool {
    guard let insertion = form.insertion else { return false }
    var inserted = SQLRows(insertion.columns)
    for arguments in rows { inserted.append(insertion.row(arguments)) }
    do {
      try sql.apart { try sql.insert(inserted, into: insertion.table, .refused) }
      return true
    } catch is SQLError {
      return false
    }
  }

  private mutating func settle(
    _ arguments: [SQLValue],
    _ answer: Result<SQLRow?, SQLError>,
    _ line: Int
  ) throws {
    switch answer {
    case .failure(let error):
      switch error.reason {
      case .notUnique(let columns):
        problems.note("another row has the same \(Self.spelled(columns))", line: line)
      case .tooLarge: problems.note(Self.tooLarge, line: line)
      default: throw error
      }
    case .success where form.finding.isEmpty:
      numbering.settle(arguments, nil)
      note(arguments[form.rowSlot], line)
    case .success(let row?):
      numbering.settle(arguments, row)
      note(row.value(0), line)
    case .success(nil):
      try noteDoubled(arguments, line)
    }
  }

  private mutating func note(_ row: SQLValue, _ line: Int) {
    if let id = row.guid { written.note(id, line: line, form: part?.form) }
    count += 1
  }

  /// A row that the same file has written before.
  private mutating func noteDoubled(_ arguments: [SQLValue], _ line: Int) throws(SQLError) {
    guard !problems.isFull else { return problems.note("", line: line) }
    let row = try earlier?.row(form.matching.map { arguments[$0] })
    let first = row?.value(0).guid.flatMap { written.lines(of: [$0])[$0] }
    let key = form.finding.map { slot, name in
      RowProblem.shown(table.column(name)?.text(of: RowValue(arguments[slot])) ?? name)
    }
    let place = part == nil ? first.map { "line \($0)" } ?? "a line before" : "a record before"
    problems.note("\(key.joined(separator: ", ")) stands in \(place), too", line: line)
  }

  /// Of a server, whose pages have 8 kB; long texts lie elsewhere.
  private static let tooLarge =
    "the database takes no row of this size: some 8 kB beside its long texts, and 2,700 bytes of an alternate key"

  /// Columns that the database names, by the names that people know.
  private static func spelled(_ columns: [String]) -> String {
    columns.isEmpty
      ? "key" : columns.map { String($0.prefix { $0 != "~" && $0 != ":" }) }.joined(separator: ", ")
  }

  /// Where another statement has numbered rows of the same table meanwhile.
  mutating func resume() throws { try numbering.resume() }

  /// Where another statement numbers rows of the same table, or the end has come.
  func keepNumbers() throws { try numbering.keep() }

  /// Tells what is wrong with the rows that were written, when all of them are.
  ///
  /// - Throws: `BadRows` where some cannot be written.
  mutating func finish(_ check: LookupCheck) throws {
    try writeGathered()
    try check.check(written, &problems)
    try problems.throwAny()
    try keepNumbers()
  }
}

extension SQLValue {
  /// The id that it spells.
  fileprivate var guid: GUID? {
    if case .text(let text) = self { GUID(text) } else { nil }
  }
}
