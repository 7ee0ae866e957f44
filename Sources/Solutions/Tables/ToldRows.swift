/// Rows that lie in no table of the database, since they follow from something else: they come with the question.
package struct ToldRows: Sendable {
  package let table: Table
  /// A value for each column of the table, in their order.
  package let rows: [[RowValue]]

  package init(of table: Table, _ rows: [[RowValue]]) {
    (self.table, self.rows) = (table, rows)
  }
}

extension TableModel {
  /// A table of the platform that no package describes, in words: what it is called, its set, its key, and its columns
  /// (`Column.init(inWords:)`), with `*` before the one that says what its rows are called.
  package init(inWords text: some StringProtocol) {
    let words = text.split(separator: " ").map { Substring($0) }
    precondition(words.count > 3, "the platform has no such table: \(text)")
    let name = words[0].lowercased()
    let columns = words[3...].map { Column(inWords: $0.hasPrefix("*") ? $0.dropFirst() : $0) }
    let called = words[3...].firstIndex { $0.hasPrefix("*") }.map { columns[$0 - 3].name }
    let whole = [Column(String(words[2]), .primaryKey)] + columns
    let table = Table(name: name, displayName: nil, columns: whole, primaryName: called)
      .with(columns: whole)
    head = TableHead(
      name: name,
      schemaName: String(words[0]),
      setName: String(words[1]),
      stated: nil
    )
    self.table = table
    (self.columns, keys) = ([:], [:])
    links = SystemLinks.completing([], of: table)
    pairs = SystemLinks.pairs(of: name)
  }
}

extension RowQuery {
  /// Names of all columns that it asks for, of whichever table.
  package var columnNames: Set<String> {
    let filters = [filter].compactMap(\.self) + joins.compactMap(\.filter)
    var paths = columns + groups + order.map(\.path) + aggregates.compactMap(\.path)
    paths += joins.map(\.to) + filters.flatMap(\.paths)
    let own = paths.map { String($0.column.prefix { $0 != ":" }) } + joins.map(\.column)
    return filters.flatMap(\.queries).reduce(into: Set(own)) { $0.formUnion($1.columnNames) }
  }
}
