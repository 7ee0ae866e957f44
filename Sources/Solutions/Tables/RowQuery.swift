/// What is asked of tables of rows; faces spell it as OData or FetchXML, databases as SQL.
package struct RowQuery: Equatable, Sendable {
  /// Logical name.
  package var table: String
  /// Empty asks for all columns of the table.
  package var columns: [ColumnPath] = []
  package var joins: [Join] = []
  package var filter: Filter?
  package var order: [Order] = []
  /// Instead of rows, one line for each group.
  package var aggregates: [Aggregate] = []
  package var groups: [ColumnPath] = []
  package var isDistinct = false
  package var rowsMax: Int?
  /// Without an order of its own: as the rows come, and not by their ids.
  package var isUnordered = false
  /// Behind the last row of the page before.
  package var after: Cookie?

  package init(_ table: String) { self.table = table }

  /// A column of the table itself, of a join by its alias, or of the table that a lookup leads to, by the lookup.
  package struct ColumnPath: Hashable, Sendable {
    package let alias: String?
    package let column: String
    /// Of a group and its order: what of the date is meant.
    package let part: DatePart?

    package init(_ column: String, of alias: String? = nil, part: DatePart? = nil) {
      self.column = column
      self.alias = alias
      self.part = part
    }

    /// `COLUMN` or `LOOKUP.COLUMN`, as it is written.
    package init(written text: some StringProtocol) {
      let parts = text.split(separator: ".", maxSplits: 1)
      self.init(String(parts.last ?? ""), of: parts.count == 2 ? String(parts[0]) : nil)
    }

    /// As it is written.
    package var name: String { alias.map { "\($0).\(column)" } ?? column }
  }

  package struct Join: Equatable, Sendable {
    package let alias: String
    package let table: String
    /// Column of the joined table.
    package let column: String
    /// Column of the table itself or of a join before.
    package let to: ColumnPath
    /// Rows without a partner stay.
    package let isOuter: Bool
    /// What a partner has to be like; of an outer join, a row without such a one has none.
    package var filter: Filter?

    package init(
      _ alias: String,
      table: String,
      column: String,
      to: ColumnPath,
      isOuter: Bool = true
    ) {
      self.alias = alias
      self.table = table
      self.column = column
      self.to = to
      self.isOuter = isOuter
    }
  }

  package indirect enum Filter: Equatable, Sendable {
    case all([Filter])
    case any([Filter])
    case not(Filter)
    case compare(ColumnPath, Comparison, RowValue)
    /// The value that is given when it is asked: one query for many rows, one after the other.
    case isGiven(ColumnPath)
    case compareColumns(ColumnPath, Comparison, ColumnPath)
    case isNull(ColumnPath)
    case isAmong(ColumnPath, [RowValue])
    /// One of the values that another query finds in its only column.
    case isFound(ColumnPath, RowQuery)
    /// `%` and `_` as in SQL, `\` before one of them is the character itself.
    case like(ColumnPath, String)
    /// A choice of several that holds an option.
    case holds(ColumnPath, option: Int)
    /// One of some values as people write them: labels, names of rows that lookups lead to; an empty one is no value.
    case means(ColumnPath, Comparison, [String])
  }

  package enum Comparison: String, Sendable {
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  package struct Order: Equatable, Sendable {
    package let path: ColumnPath
    package let isDescending: Bool
    /// Of a grouped query: which of its aggregates is meant, and not the column.
    package private(set) var aggregate: Int?

    package init(_ path: ColumnPath, isDescending: Bool = false) {
      self.path = path
      self.isDescending = isDescending
    }

    /// - Parameters:
    ///   - number: of the aggregate, from 0.
    ///   - aggregates: those of the query.
    package init(aggregate number: Int, of aggregates: [Aggregate], isDescending: Bool = false) {
      path = aggregates[number].path ?? ColumnPath("count")
      self.isDescending = isDescending
      aggregate = number
    }
  }

  package struct Aggregate: Equatable, Sendable {
    package enum Function: String, Sendable {
      case count
      case countDistinct
      case sum
      case average
      case min
      case max
    }

    package let function: Function
    /// nil counts rows.
    package let path: ColumnPath?

    package init(_ function: Function, _ path: ColumnPath? = nil) {
      self.function = function
      self.path = path
    }
  }

  /// Values of the last row in the columns of the order, its id at the end.
  package struct Cookie: Equatable, Sendable {
    package let values: [RowValue]

    package init(values: [RowValue]) { self.values = values }
  }
}

extension RowQuery.Filter {
  /// All columns that it asks for.
  package var paths: [RowQuery.ColumnPath] {
    switch self {
    case .all(let filters), .any(let filters): filters.flatMap(\.paths)
    case .not(let filter): filter.paths
    case .compareColumns(let left, _, let right): [left, right]
    case .compare(let path, _, _), .isGiven(let path), .isNull(let path), .isAmong(let path, _),
      .isFound(let path, _), .like(let path, _), .holds(let path, _), .means(let path, _, _):
      [path]
    }
  }

  /// Whether it stands for other values whenever rows are called otherwise.
  package var dependsOnNames: Bool {
    switch self {
    case .all(let filters), .any(let filters): filters.contains { $0.dependsOnNames }
    case .not(let filter): filter.dependsOnNames
    case .isFound(_, let query): query.dependsOnNames
    case .means: true
    default: false
    }
  }

  /// Other queries in it, but for those within them.
  package var queries: [RowQuery] {
    switch self {
    case .all(let filters), .any(let filters): filters.flatMap(\.queries)
    case .not(let filter): filter.queries
    case .isFound(_, let query): [query]
    default: []
    }
  }
}

extension RowQuery {
  /// Whether it asks for something else whenever rows are called otherwise.
  package var dependsOnNames: Bool {
    ([filter] + joins.map(\.filter)).contains { $0?.dependsOnNames ?? false }
  }
}
