internal import SQL
internal import Solutions

extension DerivedValue {
  /// What the database works it out by.
  ///
  /// - Parameters:
  ///   - column: the one that is asked for.
  ///   - owners: users and teams, where their business units are asked for.
  ///   - own: another column of the same row, or a companion.
  func term(for column: String, owners: [StoredTable], own: (String) -> SQLText) -> SQLText {
    func type(_ lookup: String) -> SQLText { own(StoredTable.companionName(lookup, .type)) }
    switch self {
    case .referred(let lookup, let target):
      return "CASE WHEN \(type(lookup)) = \(target) THEN \(own(lookup)) END"
    case .unit(let lookup):
      let units = owners.map { Self.unit(in: $0, of: own(lookup)) }
      guard units.count == 2 else { return own(column) }
      return "CASE WHEN \(type(lookup)) = 'team' THEN \(units[1]) ELSE \(units[0]) END"
    case .fullName:
      let (first, last) = (own("firstname"), own("lastname"))
      return """
        CASE WHEN \(first) IS NULL AND \(last) IS NULL THEN \(own(column))
        ELSE TRIM(COALESCE(\(first), '') || ' ' || COALESCE(\(last), '')) END
        """
    case .day: return "SUBSTR(\(own(column)), 1, 10)"
    }
  }

  private static func unit(in owners: StoredTable, of owner: SQLText) -> SQLText {
    """
    (SELECT o.\(name: owners.stored("businessunitid")) FROM \(name: owners.name) AS o
    WHERE o.\(name: owners.stored(owners.table.primaryKey)) = \(owner))
    """
  }
}

extension RowQuery {
  /// Whether it names the business units of owners, or all columns.
  var asksForUnits: Bool {
    var paths = columns + order.map(\.path) + groups + joins.map(\.to)
    paths += aggregates.compactMap(\.path)
    paths += ([filter] + joins.map(\.filter)).compactMap { $0 }.flatMap(\.paths)
    return columns.isEmpty || paths.contains { $0.column == "owningbusinessunit" }
  }
}
