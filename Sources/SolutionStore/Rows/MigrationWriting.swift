internal import SQL
package import Solutions

extension RowStore {
  /// Writes the rows and pairs of several tables, or none (`BadRows`, `MigrationRefused`).
  ///
  /// Rows are found by their ids; rows that say what is there already are not touched. Lookups are checked when everything is
  /// written, so tables may lead to each other in any order.
  package func write(
    _ data: MigrationData,
    _ options: MigrationOptions,
    in operation: Int,
    at moment: Timestamp,
    newID: @escaping @Sendable () -> String,
    report: @escaping (Int) -> Void = { _ in }
  ) throws -> MigrationReport {
    var fitting = try MigrationFitting(options, data, reader)
    let fitted = try fitting.fit(data)
    try fitting.refuseAny()
    var writing = MigrationTables(
      transaction: transaction,
      operation: operation,
      moment: moment,
      newID: newID,
      report: report
    )
    for table in fitted.tables { try writing.write(table) }
    for table in fitted.tables { try writing.pair(table) }
    onStep("rows-written")
    try reader.checkpoint()
    try writing.finish()
    writing.told.notes = data.notices + fitting.notes
    return writing.told
  }
}

/// Rows of tables and their pairs, each group of records that say the same columns by a statement of its own.
private struct MigrationTables {
  let transaction: StoreTransaction
  let operation: Int
  let moment: Timestamp
  let newID: @Sendable () -> String
  let report: (Int) -> Void

  var told = MigrationReport()
  private var writers: [RowWriter] = []
  /// What stands in place of lines: the place of a record in the file and what it is called.
  private var places: [String] = []
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

  private func writer(
    _ header: [String],
    into table: String,
    _ mode: RowWriting.Mode,
    leavesRows: Bool = false
  ) throws -> RowWriter {
    let reader = transaction.reader
    let stored = try reader.requireTable(table)
    return try RowWriter(
      try FieldPlan(header, of: stored.table) { try reader.table($0) },
      stored,
      RowWriting(table: table, mode: mode, newID: newID),
      in: transaction,
      operation: operation,
      moment: moment,
      leaving: mode == .insert ? .none : leavesRows ? .all : .equal
    )
  }

  mutating func write(_ table: MigrationData.Table) throws {
    var groups: [[String]: [MigrationData.Record]] = [:]
    for record in table.records {
      groups[record.fields.map(\.name), default: []].append(record)
    }
    var counts = told.rows[table.name] ?? MigrationReport.Counts()
    for (header, records) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      var writer = try writer(
        header,
        into: table.name,
        table.isNew ? .insert : .upsert(key: nil),
        leavesRows: table.leavesRows
      )
      for record in records {
        if count % 500 == 0 { try transaction.reader.checkpoint() }
        places.append("\(table.name) \(record.id)")
        try writer.write(record.fields.map(\.value), line: places.count)
        count += 1
        if count % 20_000 == 0 { report(count) }
      }
      try writer.keepNumbers()
      counts.new += writer.count - writer.changed
      counts.changed += writer.changed
      counts.equal += writer.equal
      counts.kept += writer.kept
      writers.append(writer)
    }
    told.rows[table.name] = counts
  }

  /// A pair may stand under both of its tables, and may be there.
  mutating func pair(_ table: MigrationData.Table) throws {
    for (intersect, pairs) in Dictionary(grouping: table.pairs, by: \.intersect)
      .sorted(by: { $0.key < $1.key })
    {
      let stored = try transaction.reader.requireTable(intersect)
      let ends = stored.table.columns.filter { if case .lookup = $0.type { true } else { false } }
      let own = ends.firstIndex { $0.type == .lookup([table.name]) }
      guard ends.count == 2, let own else {
        throw QueryError(description: "\(intersect) does not pair rows of \(table.name)")
      }
      let (source, target) = (ends[own], ends[1 - own])
      let there = try transaction.sql.prepare(
        """
        SELECT 1 FROM \(name: stored.name) WHERE \(name: stored.stored(source.name)) = \(argument: 0)
        AND \(name: stored.stored(target.name)) = \(argument: 1) LIMIT 1
        """
      )
      var writer = try writer([source.name, target.name], into: intersect, .insert)
      var counts = told.pairs[intersect] ?? MigrationReport.Counts()
      for one in pairs {
        for other in one.targets {
          places.append("\(intersect) \(one.source), \(other)")
          let ids = [one.source, other].map { SQLValue(GUID($0)?.description ?? $0) }
          if try there.row(ids) != nil {
            counts.equal += 1
          } else {
            try writer.write([one.source, other], line: places.count)
          }
        }
      }
      counts.new += writer.count
      told.pairs[intersect] = counts
      writers.append(writer)
    }
  }

  /// - Throws: `BadRows` of all tables.
  mutating func finish() throws {
    var (rows, count): ([BadRow], Int) = ([], 0)
    for index in writers.indices {
      do {
        try writers[index].finish(keepsNumbers: false)
      } catch let bad as BadRows {
        rows += bad.rows
        count += bad.count
      }
    }
    guard count > 0 else { return }
    let named = rows.sorted { $0.line < $1.line }.prefix(20).map { row in
      BadRow(
        line: row.line,
        place: places.indices.contains(row.line - 1) ? places[row.line - 1] : nil,
        field: row.field,
        message: row.message
      )
    }
    throw BadRows(rows: Array(named), count: count)
  }
}
