internal import SQL
package import Solutions

extension StoreReader {
  /// Rows, pairs and files of tables, in the order of a file of the Configuration Migration tool: rows by their ids.
  ///
  /// - Parameters:
  ///   - names: logical names; nil is all tables of solutions.
  ///   - query: of a single table, only rows that it finds; pairs are left out then.
  ///   - report: told the number of rows so far.
  /// - Throws: `QueryError` for tables and columns that are not there; what `taking` throws.
  package func export(
    _ names: [String]?,
    where query: ((Table) throws -> RowQuery)? = nil,
    to taking: some MigrationTaking,
    report: (Int) -> Void = { _ in }
  ) throws -> MigrationExported {
    var exported = MigrationExported()
    let outline = try outline(names, hasPairs: query == nil, &exported)
    try taking.begin(outline)
    var titles = Titles(reader: self)
    var files: [(table: MigrationOutline.Table, column: Column)] = []
    var total = 0
    for table in outline.tables {
      try taking.begin(table)
      var asked = RowQuery(table.table.name)
      asked.columns = table.columns.flatMap { QuerySQL.paths(of: $0) }
      asked.filter = try query?(table.table).filter
      var count = 0
      try rows(asked) { header, row in
        try taking.take(try record(header, row, of: table, &titles))
        count += 1
        total += 1
        if total % 500 == 0 { try checkpoint() }
        if total % 20_000 == 0 { report(total) }
      }
      exported.rows[table.table.name] = count
      files += table.columns.filter { $0.type == .file }.map { (table, $0) }
      try taking.endRecords()
      for pairs in table.pairs {
        exported.pairs[pairs.intersect.name] = try export(pairs, to: taking)
      }
      try taking.endTable()
    }
    try taking.endData()
    for (table, column) in files {
      try export(column, of: table, where: query, to: taking)
    }
    return exported
  }

  private func outline(
    _ names: [String]?,
    hasPairs: Bool,
    _ exported: inout MigrationExported
  ) throws -> MigrationOutline {
    let there = try tableNames()
    var tables: [Table] = []
    var intersects: [Table] = []
    for name in Set(names ?? there).union(hasPairs ? there : []).sorted() {
      guard let table = try storedTable(name)?.table, !table.isVirtual else {
        if names?.contains(name) == true { _ = try requireTable(name) }
        continue
      }
      if table.isIntersect {
        if hasPairs { intersects.append(table) }
      } else if names?.contains(name) ?? true {
        tables.append(table)
      }
    }
    let ends = Set(tables.map(\.name))
    let keys = Dictionary(tables.map { ($0.name, $0.primaryKey) }) { one, _ in one }
    let pairs = intersects.compactMap { intersect -> (String, MigrationOutline.Pairs)? in
      let lookups = intersect.columns.compactMap { column -> (String, String)? in
        guard case .lookup(let targets) = column.type, let target = targets.first else {
          return nil
        }
        return (column.name, target)
      }
      guard lookups.count == 2, ends.contains(lookups[0].1), let key = keys[lookups[1].1] else {
        return nil
      }
      return (
        lookups[0].1,
        MigrationOutline.Pairs(
          intersect: intersect,
          source: lookups[0].0,
          target: lookups[1].0,
          targetTable: lookups[1].1,
          targetKey: key
        )
      )
    }
    if !hasPairs { exported.notes.append("pairs of rows are left out where rows are chosen") }
    let outlined = tables.map { table in
      MigrationOutline.Table(
        table: table,
        columns: table.columns.filter {
          table.leavesOut(MigrationData.Field($0.name, "")) == nil
        },
        pairs: pairs.filter { $0.0 == table.name }.map(\.1)
      )
    }
    let moment = try sql.row("SELECT MAX(completed) FROM operation") { try $0.optionalInteger(0) }
    return MigrationOutline(
      tables: outlined.parentsFirst,
      moment: Timestamp(milliseconds: (moment ?? nil) ?? 0)
    )
  }

  private func record(
    _ header: RowHeader,
    _ row: Row,
    of table: MigrationOutline.Table,
    _ titles: inout Titles
  ) throws -> MigrationData.Record {
    var fields: [MigrationData.Field] = []
    // Files are named after it, and it comes among the others.
    let key = header.columns.firstIndex { $0.path.column == table.table.primaryKey }
    let id = key.map { header.columns[$0].column.text(of: row.values[$0]) } ?? ""
    var place = 0
    for column in table.columns {
      let value = row.values[place]
      let beside = place + 1
      let hasBeside = QuerySQL.paths(of: column).count > 1
      place += hasBeside ? 2 : 1
      guard
        var field = column.migrationText(of: value).map({ MigrationData.Field(column.name, $0) })
      else { continue }
      switch column.type {
      case .lookup(let targets):
        field.target = hasBeside ? column.text(of: row.values[beside]) : targets.first
        if let target = field.target { field.title = try titles.title(of: field.value, in: target) }
      case .file:
        field.fileName = column.text(of: row.values[beside])
        field.value = Self.file(of: id, in: column, table)
      default: break
      }
      fields.append(field)
    }
    return MigrationData.Record(id: id, fields: fields)
  }

  /// The same for the same row.
  private static func file(
    of id: String,
    in column: Column,
    _ table: MigrationOutline.Table
  ) -> String {
    GUID(from: "file", table.table.name, column.name, id).description
  }

  private func export(
    _ pairs: MigrationOutline.Pairs,
    to taking: some MigrationTaking
  ) throws -> Int {
    var query = RowQuery(pairs.intersect.name)
    let (source, target) = (RowQuery.ColumnPath(pairs.source), RowQuery.ColumnPath(pairs.target))
    query.columns = [source, target]
    query.order = [RowQuery.Order(source), RowQuery.Order(target)]
    var (count, own, targets): (Int, String, [String]) = (0, "", [])
    try rows(query) { _, row in
      guard case .text(let one) = row.values[0], case .text(let other) = row.values[1] else {
        return
      }
      count += 1
      if one != own, !targets.isEmpty {
        try taking.take(targets, pairedWith: own, by: pairs)
        targets = []
      }
      own = one
      targets.append(other)
    }
    if !targets.isEmpty { try taking.take(targets, pairedWith: own, by: pairs) }
    return count
  }

  private func export(
    _ column: Column,
    of table: MigrationOutline.Table,
    where query: ((Table) throws -> RowQuery)?,
    to taking: some MigrationTaking
  ) throws {
    var asked = RowQuery(table.table.name)
    asked.columns = [table.table.primaryKey, column.name].map { RowQuery.ColumnPath($0) }
    let filter = try query?(table.table).filter
    asked.filter = .all(
      [.not(.isNull(RowQuery.ColumnPath(column.name)))] + (filter.map { [$0] } ?? [])
    )
    try rows(asked) { _, row in
      try checkpoint()
      guard case .text(let id) = row.values[0], case .bytes(let bytes) = row.values[1] else {
        return
      }
      try taking.take(file: Self.file(of: id, in: column, table), bytes)
    }
  }
}

/// What rows are called that lookups lead to; some are asked for again and again.
private struct Titles {
  let reader: StoreReader
  private var known: [String: String?] = [:]

  init(reader: StoreReader) { self.reader = reader }

  mutating func title(of id: String, in table: String) throws -> String? {
    let key = "\(table) \(id)"
    if let title = known[key] { return title }
    // Few tables have many owners, and memory is not to grow with rows.
    if known.count > 10_000 { known = [:] }
    let title = try reader.title(of: id, in: table)
    known[key] = .some(title)
    return title
  }
}

extension StoreReader {
  fileprivate func title(of id: String, in table: String) throws -> String? {
    guard let stored = try storedTable(table), let name = stored.table.primaryName else {
      return nil
    }
    return try sql.row(
      """
      SELECT \(name: stored.stored(name)) FROM \(name: stored.name)
      WHERE \(name: stored.stored(stored.table.primaryKey)) = \(id)
      """
    ) { try $0.optionalText(0) } ?? nil
  }
}
