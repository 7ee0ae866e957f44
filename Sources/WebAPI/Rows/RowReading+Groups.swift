internal import Contract
internal import Lifecycle
internal import OData
internal import Solutions

/// Answers of groups and sums.
extension RowReading {
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
    var names: [String] = []
    for path in paths {
      let resolved = try await builder.resolve(path, in: scope)
      // A column of another table is called after both.
      let isOwn = path.steps.count == 1
      let name = isOwn ? resolved.column.wire : "\(resolved.model.name)_\(resolved.column.name)"
      guard !names.contains(name) else {
        throw WebError.badQuery("two groups of $apply would be called \(name)")
      }
      names.append(name)
      builder.change {
        $0.groups.append(resolved.path)
        $0.order.append(RowQuery.Order(resolved.path))
      }
    }
    for aggregate in aggregates {
      var path: RowQuery.ColumnPath?
      if let own = aggregate.path { path = try await builder.resolve(own, in: scope).path }
      guard let function = RowQuery.Aggregate.Function(wire: aggregate.method) else {
        throw WebError(missing: "the aggregation \(aggregate.method.shown(80))")
      }
      names.append(aggregate.alias)
      builder.change { $0.aggregates.append(RowQuery.Aggregate(function, path)) }
    }
    let rowsMax = options.top ?? Preferences.pageSizeMax
    builder.change {
      $0.filter = filters.isEmpty ? nil : .all(filters)
      $0.rowsMax = rowsMax
    }
    let forest = try await api.find(builder.tree, asking: request)
    var json = JSONWriter()
    json.object {
      $0.member("@odata.context", "\(request.root)$metadata#\(model.head.setName)")
      $0.member("value") {
        $0.list {
          for row in forest.rows {
            $0.object { write(row, names, forest.header, into: &$0) }
          }
        }
      }
    }
    return answer(json)
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
