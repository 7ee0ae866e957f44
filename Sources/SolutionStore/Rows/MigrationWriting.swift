internal import SQL
package import Solutions

extension RowStore {
  /// Writes the rows and pairs of several tables, or none (`BadRows`, `MigrationRefused`).
  ///
  /// Rows are found by their ids; rows that say what is there already are not touched. Lookups are checked when everything is
  /// written, so tables may lead to each other in any order. The source is read twice, some more times where rows are found
  /// by what they say: to see whether it fits, and to write.
  package func write(
    _ source: any MigrationSource,
    _ options: MigrationOptions,
    in operation: Int,
    at moment: Timestamp,
    newID: @escaping @Sendable () -> String,
    report: @escaping (Int) -> Void = { _ in }
  ) throws -> MigrationReport {
    var fitting = try MigrationFitting(options, transaction)
    try fitting.survey(source)
    try fitting.refuseAny()
    let writing = MigrationWriting(
      transaction: transaction,
      operation: operation,
      moment: moment,
      newID: newID,
      report: report
    )
    var place = 0
    try source.forEach(hasFiles: true) { table, item in
      defer { place += item.count }
      guard let own = try fitting.table(table.name) else { return }
      switch item {
      case .record(let record):
        try writing.write(try fitting.fit(record, of: own), of: table, at: place + 1)
      case .pairs(let pairs):
        guard let pairs = try fitting.fit(pairs, of: own) else { return }
        try writing.write(pairs, of: table, at: place + 1)
      }
    }
    onStep("rows-written")
    try reader.checkpoint()
    do {
      try writing.finish()
    } catch let bad as BadRows {
      throw BadRows(rows: try named(bad.rows, in: source), count: bad.count)
    }
    try fitting.end()
    var told = writing.told
    told.notes = source.notices + fitting.notes
    return told
  }

  /// Places of a source by what stands there: they are looked for only where something is wrong.
  private func named(_ rows: [BadRow], in source: any MigrationSource) throws -> [BadRow] {
    let wanted = Set(rows.map(\.line))
    var names: [Int: String] = [:]
    var place = 0
    try source.forEach(hasFiles: false) { table, item in
      defer { place += item.count }
      if place % 500 == 0 { try reader.checkpoint() }
      switch item {
      case .record(let record):
        if wanted.contains(place + 1) { names[place + 1] = "\(table.name) \(record.id)" }
      case .pairs(let pairs):
        for (number, target) in pairs.targets.enumerated() where wanted.contains(place + 1 + number)
        {
          names[place + 1 + number] = "\(pairs.intersect) \(pairs.source), \(target)"
        }
      }
    }
    return rows.map { row in
      BadRow(line: row.line, place: names[row.line], field: row.field, message: row.message)
    }
  }
}

extension MigrationData.Item {
  /// How many places of a source it takes.
  fileprivate var count: Int {
    switch self {
    case .record: 1
    case .pairs(let pairs): pairs.targets.count
    }
  }
}

/// Rows of tables and their pairs, each group of records that say the same columns by a statement of its own.
private final class MigrationWriting {
  private let transaction: StoreTransaction
  private let operation: Int
  private let moment: Timestamp
  private let newID: @Sendable () -> String
  private let report: (Int) -> Void

  private(set) var told = MigrationReport()
  /// By the tables that are written, intersect tables among them.
  private var tables: [String: WrittenTable] = [:]
  private var waiting: Waiting?
  private var count = 0

  init(
    transaction: StoreTransaction,
    operation: Int,
    moment: Timestamp,
    newID: @escaping @Sendable () -> String,
    report: @escaping (Int) -> Void
  ) {
    self.transaction = transaction
    self.operation = operation
    self.moment = moment
    self.newID = newID
    self.report = report
  }

  /// Records that wait until there are some thousands, so that those that say the same columns are written together.
  private struct Waiting {
    let table: MigrationData.Table
    var groups: [[String]: [(values: [String], place: Int)]] = [:]
    var count = 0
    var bytes = 0

    var isFull: Bool { count >= 10_000 || bytes >= 4 << 20 }
  }

  func write(_ record: MigrationData.Record, of table: MigrationData.Table, at place: Int) throws {
    if let waiting, waiting.table.name != table.name || waiting.isFull { try flush() }
    let values = record.fields.map(\.value)
    if waiting == nil { waiting = Waiting(table: table) }
    waiting?.groups[record.fields.map(\.name), default: []].append((values, place))
    waiting?.count += 1
    waiting?.bytes += values.reduce(0) { $0 + $1.utf8.count }
  }

  private func flush() throws {
    guard let waiting else { return }
    self.waiting = nil
    let table = waiting.table
    let own = try written(table.name)
    for (header, records) in waiting.groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
    {
      try own.write(
        header,
        table.isNew ? .insert : .upsert(key: nil),
        table.isNew ? .none : table.leavesRows ? .all : .equal
      ) { writer in
        for record in records {
          try advance()
          try writer.write(record.values, line: record.place)
        }
      }
    }
  }

  private func advance() throws {
    if count % 500 == 0 { try transaction.reader.checkpoint() }
    count += 1
    if count % 20_000 == 0 { report(count) }
  }

  private func written(_ name: String) throws -> WrittenTable {
    if let table = tables[name] { return table }
    let table = try WrittenTable(
      try transaction.reader.requireTable(name),
      in: transaction,
      operation,
      moment,
      newID
    )
    tables[name] = table
    return table
  }

  /// A pair may stand under both of its tables, and may be there.
  func write(_ pairs: MigrationData.Pairs, of table: MigrationData.Table, at place: Int) throws {
    told.rows[table.name, default: MigrationReport.Counts()].new += 0
    let written = try written(pairs.intersect)
    let stored = written.stored
    let ends = stored.table.columns.filter { if case .lookup = $0.type { true } else { false } }
    let own = ends.firstIndex { $0.type == .lookup([table.name]) }
    guard ends.count == 2, let own else {
      throw QueryError(description: "\(pairs.intersect) does not pair rows of \(table.name)")
    }
    let (source, target) = (ends[own], ends[1 - own])
    let there = try written.finder(source.name, target.name)
    try written.write([source.name, target.name], .insert, .none) { writer in
      for (number, other) in pairs.targets.enumerated() {
        try advance()
        let ids = [pairs.source, other].map { SQLValue(GUID($0)?.description ?? $0) }
        if try there.row(ids) != nil {
          written.counts.equal += 1
        } else {
          try writer.write([pairs.source, other], line: place + number)
        }
      }
    }
  }

  /// - Throws: `BadRows` of all tables.
  func finish() throws {
    try flush()
    var (rows, count): ([BadRow], Int) = ([], 0)
    for (name, table) in tables.sorted(by: { $0.key < $1.key }) {
      do {
        try table.finish()
      } catch let bad as BadRows {
        rows += bad.rows
        count += bad.count
      }
      if table.stored.table.isIntersect {
        told.pairs[name] = table.counts
      } else {
        told.rows[name] = table.counts
      }
    }
    report(self.count)
    guard count > 0 else { return }
    throw BadRows(rows: Array(rows.sorted { $0.line < $1.line }.prefix(20)), count: count)
  }
}

/// What is written into one table, by several statements.
private final class WrittenTable {
  let stored: StoredTable
  var counts = MigrationReport.Counts()
  private let transaction: StoreTransaction
  private let operation: Int
  private let moment: Timestamp
  private let newID: @Sendable () -> String
  private let rows = WrittenRows()
  private var writers: [[String]: RowWriter] = [:]
  private var finders: [String: any SQLStatement] = [:]
  private var problems = RowProblems()
  /// Numbers for the lookups that lines say.
  private var forms: [[String]: Int32] = [:]

  init(
    _ stored: StoredTable,
    in transaction: StoreTransaction,
    _ operation: Int,
    _ moment: Timestamp,
    _ newID: @escaping @Sendable () -> String
  ) throws {
    self.stored = stored
    self.transaction = transaction
    self.operation = operation
    self.moment = moment
    self.newID = newID
  }

  /// Rows that say the columns of a header.
  func write(
    _ header: [String],
    _ mode: RowWriting.Mode,
    _ leaving: RowWriter.Leaving,
    _ body: (inout RowWriter) throws -> Void
  ) throws {
    // A statement takes some kilobytes.
    if writers.count >= 64, writers[header] == nil { settle() }
    var writer: RowWriter
    if let known = writers[header] {
      writer = known
      try writer.resume()
    } else {
      writer = try self.writer(header, mode, leaving)
    }
    try body(&writer)
    try writer.keepNumbers()
    writers[header] = writer
  }

  private func writer(
    _ header: [String],
    _ mode: RowWriting.Mode,
    _ leaving: RowWriter.Leaving
  ) throws -> RowWriter {
    let reader = transaction.reader
    let lookups = header.filter { name in
      if case .lookup? = stored.table.column(name)?.type { true } else { false }
    }
    let form = forms[lookups] ?? Int32(clamping: forms.count)
    forms[lookups] = form
    return try RowWriter(
      try FieldPlan(header, of: stored.table) { try reader.table($0) },
      stored,
      RowWriting(table: stored.table.name, mode: mode, newID: newID),
      in: transaction,
      operation: operation,
      moment: moment,
      leaving: leaving,
      as: RowWriter.Part(written: rows, form: form)
    )
  }

  /// Finds a pair that is there.
  func finder(_ source: String, _ target: String) throws -> any SQLStatement {
    if let known = finders[source] { return known }
    let finder = try transaction.sql.prepare(
      """
      SELECT 1 FROM \(name: stored.name) WHERE \(name: stored.stored(source)) = \(argument: 0)
      AND \(name: stored.stored(target)) = \(argument: 1) LIMIT 1
      """
    )
    finders[source] = finder
    return finder
  }

  /// Takes what the statements have counted, and gives them back.
  private func settle() {
    for writer in writers.values {
      counts.new += writer.count - writer.changed
      counts.changed += writer.changed
      counts.equal += writer.equal
      counts.kept += writer.kept
      problems.add(writer.problems)
    }
    writers = [:]
  }

  /// - Throws: `BadRows`
  func finish() throws {
    settle()
    let lookups = stored.table.columns.compactMap {
      column -> (column: Column, forms: Set<Int32>?)? in
      let said = forms.filter { $0.key.contains(column.name) }.values
      return said.isEmpty ? nil : (column, Set(said))
    }
    let check = LookupCheck(
      lookups: lookups,
      stored: stored,
      reader: transaction.reader,
      operation: operation
    )
    try check.check(rows, &problems)
    try problems.throwAny()
  }
}
