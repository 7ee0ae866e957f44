internal import SolutionStore
package import Solutions

/// Rows of tables: written as operations of their own, read as they are.
extension Lifecycle {
  package struct RowsWritten: Equatable, Sendable {
    package let rows: Int
    package let operation: Int
  }

  /// All rows of a source, or none of them.
  ///
  /// - Parameter report: told the number of rows so far.
  /// - Throws: `BadRows` for rows that cannot be written, `QueryError` for what the header names and is not there, what the
  ///   source throws; `LifecycleError.busy`, `SQLError`, `CancellationError`. Nothing is changed then.
  package func importRows<Source: RowSource & Sendable>(
    _ source: Source,
    into table: String,
    mode: RowWriting.Mode,
    by caller: Caller,
    report: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> RowsWritten {
    let writing = RowWriting(table: table, mode: mode, newID: surroundings.newID)
    return try await operate("rows", "rows import into \(table)", by: caller) {
      transaction,
      record,
      clock in
      var source = source
      let number = try transaction.reader.environment().revision + 1
      let rows = try transaction.rows.write(
        &source,
        as: writing,
        in: number,
        at: record.started,
        report: report
      )
      let told = record.titled("\(rows.rows) imported into \(table)")
      try transaction.history.note(told, as: number, completed: clock())
      return (RowsWritten(rows: rows, operation: number), number)
    }
  }

  /// All rows and pairs of a file of the Configuration Migration tool, or none of them.
  ///
  /// - Parameter report: told the number of rows so far.
  /// - Throws: `MigrationRefused` for what has no place here, `BadRows` for rows that cannot be written, `QueryError` for
  ///   options that name what is not there; `LifecycleError.busy`, `SQLError`, `CancellationError`. Nothing is changed then.
  package func importRows(
    _ data: MigrationData,
    _ options: MigrationOptions,
    by caller: Caller,
    report: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> (report: MigrationReport, operation: Int?) {
    let newID = surroundings.newID
    return try await operate("rows", "rows import of several tables", by: caller) {
      transaction,
      record,
      clock in
      let number = try transaction.reader.environment().revision + 1
      let told = try transaction.rows.write(
        data,
        options,
        in: number,
        at: record.started,
        newID: newID,
        report: report
      )
      // What says nothing new is no operation.
      guard told.written > 0 else { return ((told, nil), nil) }
      let words =
        told.rows.sorted { $0.key < $1.key }.map { "\(($1.new + $1.changed).rows) into \($0)" }
        + told.pairs.sorted { $0.key < $1.key }.map { "\($1.new) pairs into \($0)" } + told.notes
      let titled = record.titled(words.joined(separator: ", "))
      try transaction.history.note(titled, as: number, completed: clock())
      return ((told, number), number)
    }
  }

  /// Deletes the rows that a query finds; what goes is told before (`RowsWouldGo`) unless it is agreed to.
  ///
  /// - Throws: `RowsWouldGo`, `RowsHeld` by others, what `query` throws; `LifecycleError.busy`, `SQLError`,
  ///   `CancellationError`. Nothing is changed then.
  package func deleteRows(
    from table: String,
    where query: @escaping @Sendable (Table) throws -> RowQuery,
    by caller: Caller,
    isAgreed: Bool
  ) async throws -> (deletion: RowDeletion, operation: Int) {
    try await operate("rows", "rows delete from \(table)", by: caller) {
      transaction,
      record,
      clock in
      let number = try transaction.reader.environment().revision + 1
      let wanted = try query(try transaction.reader.existingTable(table))
      let deletion = try transaction.rows.delete(wanted, in: number, at: record.started)
      guard isAgreed else { throw RowsWouldGo(deletion: deletion) }
      let words = deletion.deleted.sorted { $0.key < $1.key }.map { "\($1.rows) of \($0)" }
      let told = record.titled("\(words.joined(separator: ", ")) deleted")
      try transaction.history.note(told, as: number, completed: clock())
      return ((deletion, number), number)
    }
  }

  /// Moves values from column to column within each row.
  ///
  /// - Throws: `QueryError` for columns that are not there and values that do not fit; `LifecycleError.busy`, `SQLError`,
  ///   `CancellationError`. Nothing is changed then.
  package func migrateRows(
    _ table: String,
    _ mappings: [RowMapping],
    replaces: Bool,
    by caller: Caller
  ) async throws -> (counts: [Int], operation: Int) {
    try await operate("rows", "rows migrate \(table)", by: caller) { transaction, record, clock in
      let number = try transaction.reader.environment().revision + 1
      let counts = try transaction.rows.migrate(
        table,
        mappings,
        replaces: replaces,
        in: number,
        at: record.started
      )
      let words = zip(mappings, counts).map { "\($0.target) = \($0.source) in \($1.rows)" }
      let told = record.titled("\(table) migrated: \(words.joined(separator: ", "))")
      try transaction.history.note(told, as: number, completed: clock())
      return ((counts, number), number)
    }
  }
}

/// Rows would be deleted and nobody has agreed; nothing was changed.
package struct RowsWouldGo: ProseError, Sendable {
  package let deletion: RowDeletion

  package var prose: Prose {
    let rows = deletion.deleted.values.reduce(0, +)
    return "\(rows.rows) would be deleted and nobody has agreed; nothing was changed"
  }
}

extension OperationRecord {
  fileprivate func titled(_ title: String) -> OperationRecord {
    OperationRecord(verb: verb, title: title, who: who, started: started, options: options)
  }
}

extension Int {
  /// `1 row`, `3 rows`.
  fileprivate var rows: String { self == 1 ? "1 row" : "\(self) rows" }
}
