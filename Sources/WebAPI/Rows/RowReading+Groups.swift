internal import Contract
internal import Lifecycle
internal import OData
internal import Solutions

/// Answers of groups and sums.
extension RowReading {
  /// Of names of rows.
  private static let joinsMax = 20

  private func requireAlone() throws {
    guard options.orderBy.isEmpty, options.expand.isEmpty, options.select == nil else {
      throw WebError(missing: "other options beside $apply")
    }
  }

  /// `$apply`: conditions first, then one grouping.
  func groups(of model: TableModel, where filter: RowQuery.Filter?) async throws
    -> WebResponse
  {
    var builder = builder(model.name)
    let scope = QueryBuilder.Scope(model: model)
    var filters = filter.map { [$0] } ?? []
    if let own = options.filter { filters.append(try await builder.condition(own, in: scope)) }
    var steps = options.apply[...]
    while case .filter(let condition)? = steps.first {
      filters.append(try await builder.condition(condition, in: scope))
      steps = steps.dropFirst()
    }
    guard steps.count == 1, case .group(let paths, let aggregates) = steps[steps.startIndex] else {
      throw WebError(missing: "more than filters and one grouping in $apply")
    }
    try requireAlone()
    var columns = AnswerColumns()
    let naming = try await group(by: paths, &builder, scope, &columns)
    try await aggregate(aggregates, &builder, scope, &columns)
    let rowsMax = options.top ?? Preferences.pageSizeMax
    builder.change {
      $0.filter = filters.isEmpty ? nil : .all(filters)
      $0.rowsMax = rowsMax
    }
    var tree = builder.tree
    tree.naming.formUnion(naming)
    let forest = try await api.find(tree, asking: request)
    var json = JSONWriter()
    json.object {
      $0.member("@odata.context", "\(request.root)$metadata#\(model.head.setName)")
      $0.member("value") {
        $0.list {
          for row in forest.rows {
            $0.object { write(row, columns, forest.header, into: &$0) }
          }
        }
      }
    }
    return answer(json)
  }

  /// - Returns: aliases of joins that only say what rows are called.
  private func group(
    by paths: [PropertyPath],
    _ builder: inout QueryBuilder,
    _ scope: QueryBuilder.Scope,
    _ columns: inout AnswerColumns
  ) async throws -> [String] {
    var naming = LookupNaming(behind: paths.count, joinsMax: Self.joinsMax)
    for path in paths {
      let resolved = try await builder.resolve(path, in: scope)
      // A column of another table is called after both.
      let isOwn = path.steps.count == 1
      let name = isOwn ? resolved.column.wire : "\(resolved.model.name)_\(resolved.column.name)"
      guard !columns.names.contains(name) else {
        throw WebError.badQuery("two groups of $apply would be called \(name)")
      }
      if preferences.annotatesLookups, resolved.column.isLookup {
        let (place, model) = (columns.names.count, resolved.model)
        try await naming.add(resolved.column, at: place, resolved.path, of: model, api.catalog)
      }
      columns.names.append(name)
      builder.change {
        $0.groups.append(resolved.path)
        $0.order.append(RowQuery.Order(resolved.path))
      }
    }
    columns.lookups = naming.lookups
    columns.names += naming.columns.map { _ in "" }
    builder.change {
      $0.groups += naming.columns
      $0.joins += naming.joins
    }
    return naming.joins.map(\.alias)
  }

  private func aggregate(
    _ aggregates: [Transformation.Aggregate],
    _ builder: inout QueryBuilder,
    _ scope: QueryBuilder.Scope,
    _ columns: inout AnswerColumns
  ) async throws {
    for aggregate in aggregates {
      var path: RowQuery.ColumnPath?
      if let own = aggregate.path {
        let resolved = try await builder.resolve(own, in: scope)
        path = resolved.path
        columns.sources[columns.names.count] = resolved.column
      }
      guard let function = RowQuery.Aggregate.Function(wire: aggregate.method) else {
        throw WebError(missing: "the aggregation \(aggregate.method.shown(80))")
      }
      columns.names.append(aggregate.alias)
      builder.change { $0.aggregates.append(RowQuery.Aggregate(function, path)) }
    }
  }
}

extension RowQuery.Aggregate.Function {
  fileprivate init?(wire: String) {
    switch wire {
    case "sum": self = .sum
    case "average": self = .average
    case "min": self = .min
    case "max": self = .max
    case "countdistinct": self = .countDistinct
    case "count": self = .count
    default: return nil
    }
  }
}
