internal import Lifecycle
internal import Solutions
internal import XML

/// Rows above or below another in the hierarchy of their table, and rows of teams: a condition for ids that are looked up
/// before the query runs.
struct Kin {
  private let ids: [GUID]
  private let isAmong: Bool

  /// Functions of OData, by the operators of FetchXML.
  static let operators = [
    "above": "Above", "eq-or-above": "AboveOrEqual", "under": "Under",
    "eq-or-under": "UnderOrEqual", "not-under": "NotUnder", "eq-userteams": "EqualUserTeams",
    "eq-useroruserteams": "EqualUserOrUserTeams",
  ]

  /// - Parameter value: the id of the row in whose hierarchy is looked.
  /// - Returns: nil for a function of another kind.
  init?(
    _ function: String,
    of column: Column,
    in model: TableModel,
    _ catalog: Catalog,
    _ user: Session,
    _ value: () throws -> String?
  ) async throws {
    switch function {
    case "EqualUserTeams":
      (ids, isAmong) = (try await catalog.teams(of: user.user, in: user.unit), true)
    case "EqualUserOrUserTeams":
      (ids, isAmong) = (
        [user.user] + (try await catalog.teams(of: user.user, in: user.unit)), true
      )
    case "Above", "AboveOrEqual", "Under", "UnderOrEqual", "NotUnder":
      guard let id = try value().flatMap({ GUID($0) }) else {
        throw WebError.badQuery("\(function) takes the id of a row")
      }
      let hierarchy = try await Self.hierarchy(of: column, in: model, catalog)
      let own = function.hasSuffix("OrEqual") ? [id] : []
      let others =
        function.hasPrefix("Above")
        ? try await catalog.above([id], in: hierarchy)
        : try await catalog.below([id], in: hierarchy)
      (ids, isAmong) = (own + others, function != "NotUnder")
    default: return nil
    }
  }

  func filter(_ path: RowQuery.ColumnPath) -> RowQuery.Filter {
    let among = RowQuery.Filter.isAmong(path, ids.map { .text($0.description) })
    return isAmong ? among : .not(among)
  }

  /// The hierarchy of the table whose rows a column names.
  private static func hierarchy(
    of column: Column,
    in model: TableModel,
    _ catalog: Catalog
  ) async throws -> Hierarchy {
    var owner = model
    if column.name != model.table.primaryKey {
      guard column.targets.count == 1 else {
        throw WebError.badQuery("\(column.name) names no rows of a hierarchy")
      }
      owner = try await catalog.model(of: column.targets[0])
    }
    let known = ["account": "parentaccountid", "businessunit": "parentbusinessunitid"]
    let own = owner.links.first { link in
      link.table == owner.name && link.target == owner.name
        && link.stated?.element.text(of: "IsHierarchical") == "1"
    }
    guard let parent = own?.column ?? known[owner.name] else {
      throw WebError.badQuery("rows of \(owner.name) have no hierarchy")
    }
    return Hierarchy(table: owner.name, key: owner.table.primaryKey, parent: parent)
  }
}

/// Rows of a table above and below each other.
struct Hierarchy {
  let table: String
  let key: String
  /// The column that leads to the row above.
  let parent: String

  static let units = Hierarchy(
    table: "businessunit",
    key: "businessunitid",
    parent: "parentbusinessunitid"
  )
}

extension Catalog {
  /// Those that somebody is a member of, with that of everybody in the business unit.
  func teams(of user: GUID, in unit: GUID) async throws -> [GUID] {
    try await defaultTeams(of: unit) + (try await memberships(of: user))
  }

  /// Teams without those of everybody in the business unit.
  func memberships(of user: GUID) async throws -> [GUID] {
    try await ids("teammembership", "teamid", where: "systemuserid", [user])
  }

  /// Those of everybody in a business unit.
  func defaultTeams(of unit: GUID) async throws -> [GUID] {
    var teams = RowQuery("team")
    teams.filter = .all([
      .compare(RowQuery.ColumnPath("businessunitid"), .equal, .text(unit.description)),
      .compare(RowQuery.ColumnPath("isdefault"), .equal, .integer(1)),
    ])
    return try await ids(teams, "teamid")
  }

  /// Rows of which a column leads to one of some rows, and rows below those, without the rows themselves.
  func below(_ rows: [GUID], in hierarchy: Hierarchy) async throws -> [GUID] {
    try await kin(of: rows) {
      try await ids(hierarchy.table, hierarchy.key, where: hierarchy.parent, $0)
    }
  }

  /// Rows that a column of others leads to, and rows above those, without the rows themselves.
  func above(_ rows: [GUID], in hierarchy: Hierarchy) async throws -> [GUID] {
    try await kin(of: rows) {
      try await ids(hierarchy.table, hierarchy.parent, where: hierarchy.key, $0)
    }
  }

  /// Level by level; a row that leads back to one before ends there.
  private func kin(
    of rows: [GUID],
    _ next: ([GUID]) async throws -> [GUID]
  ) async throws -> [GUID] {
    var seen = Set(rows)
    var (found, level): ([GUID], [GUID]) = ([], rows)
    while !level.isEmpty {
      var more: [GUID] = []
      for start in stride(from: 0, to: level.count, by: 500) {
        more += try await next(Array(level[start..<min(start + 500, level.count)]))
      }
      level = more.filter { seen.insert($0).inserted }
      found += level
      guard found.count <= Self.kinMost else {
        throw WebError.badQuery("the hierarchy has more than \(Self.kinMost) rows")
      }
    }
    return found
  }

  private static let kinMost = 20_000

  /// Values of a column in rows of which another column holds one of some ids.
  func ids(
    _ table: String,
    _ column: String,
    where other: String,
    _ values: [GUID]
  ) async throws -> [GUID] {
    guard !values.isEmpty else { return [] }
    var query = RowQuery(table)
    query.filter = .isAmong(RowQuery.ColumnPath(other), values.map { .text($0.description) })
    return try await ids(query, column)
  }

  private func ids(_ query: RowQuery, _ column: String) async throws -> [GUID] {
    var query = query
    query.columns = [RowQuery.ColumnPath(column)]
    query.isUnordered = true
    return try await rows(query).compactMap { $0.values[0].text.flatMap { GUID($0) } }
  }

  /// Whether a row is among those that a filter finds.
  func holds(_ id: GUID, in table: Table, among filter: RowQuery.Filter) async throws -> Bool {
    let key = RowQuery.ColumnPath(table.primaryKey)
    var query = RowQuery(table.name)
    query.columns = [key]
    query.filter = .all([.compare(key, .equal, .text(id.description)), filter])
    query.isUnordered = true
    return try await !rows(query).isEmpty
  }

  /// Whoever asks.
  func rows(_ query: RowQuery) async throws -> [Row] {
    try await lifecycle.ask(RowTreeQuestion(RowTree(query), knowing: known)).rows
  }
}
