internal import SolutionStore
package import Solutions

/// One thing that is done to rows, such as `.deleting(from:where:)`.
package struct RowRequest: Sendable {
  /// In words, as far as they are known before it is done.
  package let title: String
  /// - Parameter agree: asked, where it can, before anything is written.
  let perform:
    @Sendable (
      _ transaction: StoreTransaction, _ number: Int, _ moment: Timestamp,
      _ agree: (RowsOutcome) throws -> Void
    ) throws -> RowsOutcome
  /// How the history calls what was done.
  let told: @Sendable (RowsOutcome) -> String
}

extension RowRequest {
  /// All rows of a source, or none of them.
  ///
  /// - Parameters:
  ///   - newID: for rows that bring none.
  ///   - report: told the number of rows so far.
  package static func importing<Source: RowSource & Sendable>(
    _ source: Source,
    into table: String,
    mode: RowWriting.Mode,
    newID: @escaping @Sendable () -> String,
    report: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> RowRequest {
    let writing = RowWriting(table: table, mode: mode, newID: newID)
    return RowRequest(title: "rows import into \(table)") { transaction, number, moment, _ in
      var source = source
      return .written(
        try transaction.rows.write(&source, as: writing, in: number, at: moment, report: report)
      )
    } told: { outcome in
      guard case .written(let rows) = outcome else { return "" }
      return "\(rows.counted("row")) imported into \(table)"
    }
  }

  /// Values of one row that is there.
  ///
  /// - Parameters:
  ///   - values: by column, as row files have them; an empty one is no value.
  ///   - version: of the row that was looked at; where another was written since, `RowChanged` is thrown. nil looks at none.
  package static func setting(
    _ values: [(column: String, text: String)],
    of id: GUID,
    in table: String,
    at version: Int64? = nil
  ) -> RowRequest {
    RowRequest(title: "rows set in \(table)") { transaction, number, moment, _ in
      let own = try transaction.reader.existingTable(table)
      var query = RowQuery(table)
      query.filter = .compare(RowQuery.ColumnPath(own.primaryKey), .equal, .text(id.description))
      query.columns = [RowQuery.ColumnPath("versionnumber")]
      var found: RowValue?
      try transaction.reader.rows(query) { _, row in found = row.values.first }
      guard let found else {
        throw QueryError(description: "the table \(table) has no row \(id)")
      }
      if let version, case .integer(let now) = found, now != version {
        throw RowChanged(table: table, id: id, seen: version, now: now)
      }
      var row = OneRow(
        header: [own.primaryKey] + values.map(\.column),
        fields: [id.description] + values.map(\.text)
      )
      // It is there, so no id is made.
      let writing = RowWriting(table: table, mode: .upsert(key: nil)) { id.description }
      return .written(try transaction.rows.write(&row, as: writing, in: number, at: moment))
    } told: { _ in
      "\(values.map(\.column).joined(separator: ", ")) of \(id) set in \(table)"
    }
  }

  /// A new row.
  ///
  /// - Parameter values: by column, as row files have them.
  package static func adding(
    _ values: [(column: String, text: String)],
    as id: GUID,
    to table: String
  ) -> RowRequest {
    RowRequest(title: "rows add to \(table)") { transaction, number, moment, _ in
      let own = try transaction.reader.existingTable(table)
      var row = OneRow(
        header: [own.primaryKey] + values.map(\.column),
        fields: [id.description] + values.map(\.text)
      )
      let writing = RowWriting(table: table, mode: .insert) { id.description }
      return .written(try transaction.rows.write(&row, as: writing, in: number, at: moment))
    } told: { _ in
      "\(id) added to \(table)"
    }
  }

  /// All rows and pairs of a file of the Configuration Migration tool, or none of them.
  ///
  /// - Parameters:
  ///   - newID: for rows that bring none.
  ///   - report: told the number of rows so far.
  package static func importing(
    _ data: any MigrationSource,
    _ options: MigrationOptions,
    newID: @escaping @Sendable () -> String,
    report: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> RowRequest {
    RowRequest(title: "rows import of several tables") { transaction, number, moment, _ in
      .imported(
        try transaction.rows.write(
          data,
          options,
          in: number,
          at: moment,
          newID: newID,
          report: report
        )
      )
    } told: { outcome in
      guard case .imported(let report) = outcome else { return "" }
      let rows = report.rows.sorted { $0.key < $1.key }.map {
        "\(($1.new + $1.changed).counted("row")) into \($0)"
      }
      let pairs = report.pairs.sorted { $0.key < $1.key }.map {
        "\($1.new.counted("pair")) into \($0)"
      }
      return (rows + pairs + report.notes).joined(separator: ", ")
    }
  }

  /// The rows that a query finds, with what becomes of others.
  package static func deleting(
    from table: String,
    where query: @escaping @Sendable (Table) throws -> RowQuery
  ) -> RowRequest {
    RowRequest(title: "rows delete from \(table)") { transaction, number, moment, agree in
      let wanted = try query(try transaction.reader.existingTable(table))
      let outcome = RowsOutcome.deleted(
        try transaction.rows.delete(wanted, in: number, at: moment)
      )
      try agree(outcome)
      return outcome
    } told: { outcome in
      guard case .deleted(let deletion) = outcome else { return "" }
      let words = deletion.deleted.sorted { $0.key < $1.key }.map {
        "\($1.counted("row")) of \($0)"
      }
      return "\(words.joined(separator: ", ")) deleted"
    }
  }

  /// Values from column to column within each row; what is overwritten lies in the trash then.
  ///
  /// - Parameters:
  ///   - query: only rows that it finds; nil is all of them.
  ///   - replaces: also where the target has a value.
  ///   - report: told the number of rows so far.
  package static func migrating(
    _ table: String,
    _ mappings: [RowMapping],
    where query: (@Sendable (Table) throws -> RowQuery)? = nil,
    replaces: Bool,
    report: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> RowRequest {
    RowRequest(title: "rows migrate \(table)") { transaction, number, moment, agree in
      let filter = try query.flatMap {
        try $0(try transaction.reader.existingTable(table)).filter
      }
      return try transaction.rows.migrate(
        table,
        mappings,
        where: filter,
        replaces: replaces,
        in: number,
        at: moment,
        agree: agree,
        report: report
      )
    } told: { outcome in
      guard case .moved(let moves) = outcome else { return "" }
      let words = moves.map { "\($0.target) = \($0.source) in \($0.rows.counted("row"))" }
      return "\(table) migrated: \(words.joined(separator: ", "))"
    }
  }
}

/// A file of one row.
private struct OneRow: RowSource {
  let header: [String]
  let fields: [String]
  private var isGiven = false

  init(header: [String], fields: [String]) {
    self.header = header
    self.fields = fields
  }

  mutating func next(_ fields: inout [String]) -> Int? {
    guard !isGiven else { return nil }
    isGiven = true
    fields = self.fields
    return 1
  }
}
