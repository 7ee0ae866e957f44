internal import Solutions

/// The columns of an answer: what they are called, and what is said beside their values.
struct AnswerColumns: Sendable {
  /// Nothing for those that only say what rows are called.
  var names: [String] = []
  /// By their places.
  var lookups: [Int: LookupNaming.Lookup] = [:]
  /// Of aggregates the columns that they are made of, by their places.
  var sources: [Int: Column] = [:]
}

/// What is asked for beside lookups: which tables they lead to, and what the rows there are called.
struct LookupNaming {
  /// By the places of their columns.
  private(set) var lookups: [Int: Lookup] = [:]
  /// What says it, behind the columns of the query.
  private(set) var columns: [RowQuery.ColumnPath] = []
  private(set) var joins: [RowQuery.Join] = []
  private let start: Int
  private let joinsMax: Int

  /// Where it stands what a lookup leads to: which table, and what the row is called, by table.
  struct Lookup: Sendable {
    let column: Column
    let table: Int?
    var names: [(table: String, at: Int)] = []
    /// What the lookup is called where its row is meant, by the table that it leads to.
    let navigations: [String: String]
  }

  /// - Parameter count: of the columns of the query.
  init(behind count: Int, joinsMax: Int) { (start, self.joinsMax) = (count, joinsMax) }

  mutating func add(
    _ column: Column,
    at place: Int,
    _ path: RowQuery.ColumnPath,
    of model: TableModel,
    _ catalog: Catalog
  ) async throws {
    let navigations = model.links(of: column.name).map { ($0.target, $0.property) }
    var lookup = Lookup(
      column: column,
      table: column.targets.count == 1 ? nil : start + columns.count,
      navigations: Dictionary(navigations) { first, _ in first }
    )
    if lookup.table != nil {
      columns.append(RowQuery.ColumnPath("\(column.name):type", of: path.alias))
    }
    for target in column.targets where joins.count < joinsMax {
      guard let model = try await catalog.find(target), !model.table.isVirtual,
        let name = model.table.primaryName
      else { continue }
      let alias = "name\(place)_\(target)"
      joins.append(RowQuery.Join(alias, table: target, column: model.table.primaryKey, to: path))
      lookup.names.append((target, start + columns.count))
      columns.append(RowQuery.ColumnPath(name, of: alias))
    }
    lookups[place] = lookup
  }
}

extension Column {
  /// What is made of values of the column, with as many places as they have.
  func formatted(aggregate value: RowValue) -> String? {
    guard case .decimal(let places, _, _) = type, case .real(let number) = value,
      let text = DecimalText(number.description)
    else { return nil }
    return formatted(.text(text.rounded(to: places).description))
  }
}
