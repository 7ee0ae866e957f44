internal import SQL
internal import Solutions

extension StoreReader {
  /// A query as one statement, once it is known what it names: rows that lookups lead to, values as people write them.
  ///
  /// - Parameter tables: what names of tables stand for.
  func statement(
    _ query: RowQuery,
    tables: (String) throws -> StoredTable
  ) throws -> (sql: QuerySQL, header: RowHeader) {
    let own = try tables(query.table).table
    var resolving = QueryResolving(query, own, reader: self)
    let resolved = try resolving.resolved { try tables($0).table }
    let statement = try QuerySQL(resolved, dialect: sql.dialect, table: tables)
    return (statement, RowHeader(columns: statement.columns, of: own))
  }

  /// Rows, two at most, that have a text in a column.
  func rows(of table: String, _ column: String, _ text: String) throws -> [String] {
    let stored = try requireTable(table)
    guard stored.table.column(column) != nil else { return [] }
    var query = RowQuery(table)
    query.columns = [RowQuery.ColumnPath(stored.table.primaryKey)]
    query.filter = .compare(RowQuery.ColumnPath(column), .equal, .text(text))
    query.rowsMax = 2
    query.isUnordered = true
    let statement = try QuerySQL(query, dialect: sql.dialect, table: requireTable)
    return try sql.rows(statement.text) { try $0.text(0) }
  }
}

/// Finds out what a query names.
private struct QueryResolving {
  private var query: RowQuery
  private let own: Table
  private let reader: StoreReader

  init(_ query: RowQuery, _ own: Table, reader: StoreReader) {
    self.query = query
    self.own = own
    self.reader = reader
  }

  /// - Parameter table: another table of the query.
  mutating func resolved(_ table: (String) throws -> Table) throws -> RowQuery {
    try join()
    let joined = try query.joins.map { ($0.alias, try table($0.table)) }
    let tables = Dictionary(joined) { first, _ in first }
    for aggregate in query.aggregates where [.sum, .average].contains(aggregate.function) {
      guard let path = aggregate.path else { continue }
      let type = try column(path, tables).type
      guard type.isNumeric || type.storage == .integer else {
        throw QueryError(
          description: "\(path.column) is no number, and has no \(aggregate.function.rawValue)"
        )
      }
    }
    query.filter = try query.filter.map { try resolved($0, tables, table) }
    for place in query.joins.indices {
      query.joins[place].filter = try query.joins[place].filter.map {
        try resolved($0, tables, table)
      }
    }
    return query
  }

  /// What stands behind a lookup is asked of the table that it leads to.
  private mutating func join() throws {
    let order = query.order.filter { $0.aggregate == nil }
    var paths = query.columns + order.map(\.path) + query.groups
    paths += query.aggregates.compactMap(\.path)
    if let filter = query.filter { paths += filter.paths }
    paths += query.joins.compactMap(\.filter).flatMap(\.paths)
    let known = Set(query.joins.map(\.alias))
    var wanted: [String: Set<String>] = [:]
    for path in paths {
      guard let alias = path.alias, !known.contains(alias) else { continue }
      wanted[alias, default: []].insert(String(path.column.prefix { $0 != ":" }))
    }
    for (lookup, columns) in wanted.sorted(by: { $0.key < $1.key }) {
      guard case .lookup(let targets) = own.column(lookup)?.type else {
        throw QueryError(description: "the table \(own.name) has no lookup \(lookup)")
      }
      let there = try targets.compactMap { try reader.table($0) }.filter { !$0.isVirtual }
      let fitting = there.filter { table in columns.allSatisfy { table.column($0) != nil } }
      guard let target = fitting.first else {
        throw QueryError(
          description:
            "\(lookup) leads to no table with \(columns.count == 1 ? "a column" : "the columns") \(columns.sorted().joined(separator: ", "))"
        )
      }
      guard fitting.count == 1 else {
        let names = fitting.map(\.name).joined(separator: ", ")
        throw QueryError(
          description:
            "\(lookup) leads to several tables with \(columns.sorted().joined(separator: ", ")): \(names)"
        )
      }
      query.joins.append(
        RowQuery.Join(
          lookup,
          table: target.name,
          column: target.primaryKey,
          to: RowQuery.ColumnPath(lookup)
        )
      )
    }
  }

  private func resolved(
    _ filter: RowQuery.Filter,
    _ tables: [String: Table],
    _ table: (String) throws -> Table
  ) throws -> RowQuery.Filter {
    switch filter {
    case .all(let filters): return .all(try filters.map { try resolved($0, tables, table) })
    case .any(let filters): return .any(try filters.map { try resolved($0, tables, table) })
    case .not(let filter): return .not(try resolved(filter, tables, table))
    case .like(let path, let pattern):
      return try column(path, tables).filter(path, like: pattern)
    case .isFound(let path, let query):
      var resolving = QueryResolving(query, try table(query.table), reader: reader)
      return .isFound(path, try resolving.resolved(table))
    case .means(let path, let comparison, let texts):
      let column = try column(path, tables)
      do {
        return try column.filter(path, comparison, try texts.map { try id($0, of: column) })
      } catch let problem as RowProblem {
        throw QueryError(description: "\(path.name): \(problem.message)")
      }
    default: return filter
    }
  }

  private func column(_ path: RowQuery.ColumnPath, _ tables: [String: Table]) throws -> Column {
    let table = path.alias.flatMap { tables[$0] } ?? own
    if let column = table.column(path.column) { return column }
    guard path.column.contains(":") else {
      throw QueryError(description: "the table \(table.name) has no column \(path.column)")
    }
    return Column(path.column, .text(lengthMax: nil))
  }

  /// A row that a lookup may lead to, by its name where it alone has that.
  private func id(_ text: String, of column: Column) throws -> String {
    guard case .lookup(let targets) = column.type, !text.isEmpty, GUID(text) == nil else {
      return text
    }
    var found: [String] = []
    for target in targets {
      guard let table = try reader.table(target), !table.isVirtual, let name = table.primaryName
      else { continue }
      found += try reader.rows(of: target, name, text)
    }
    guard found.count == 1 else {
      let what = found.isEmpty ? "no row" : "more than one row"
      throw RowProblem(
        "\(what) of \(targets.joined(separator: ", ")) is called \(RowProblem.quoted(text))"
      )
    }
    return found[0]
  }
}
