internal import OData
internal import Solutions
internal import XML

/// A query in the platform's own XML as one query over rows.
struct FetchBuilding {
  private(set) var query: RowQuery
  private var names: [String] = []
  private(set) var pageSize = Preferences.pageSizeMax
  private(set) var page = 1
  /// Whether there is no other page, however many rows there are.
  private(set) var isCut = false
  private(set) var countsAll = false
  private var lookups: [Int: LookupNaming.Lookup] = [:]
  private var sources: [Int: Column] = [:]
  /// Where the version of a row stands; nil where rows of the answer are no rows of the table.
  private(set) var version: Int?
  /// Whether it names none of the table's columns.
  private var asksForAll = false
  /// Joins that only say what rows are called.
  private(set) var naming: Set<String> = []
  let catalog: Catalog
  private let moment: Timestamp
  private let session: Session
  private var isAggregate = false
  private var models: [String?: TableModel] = [:]
  private var groups: [(RowQuery.ColumnPath, String)] = []
  private var aggregates: [(RowQuery.Aggregate, String)] = []

  /// Rows up to the end of the last page that is read.
  private static let rowsMax = 500_000
  /// Tables of one query.
  private static let joinsMax = 30

  init(
    _ fetch: XMLElement,
    of model: TableModel,
    catalog: Catalog,
    moment: Timestamp,
    session: Session,
    namesLookups: Bool = false
  ) async throws {
    self.catalog = catalog
    self.moment = moment
    self.session = session
    query = RowQuery(model.name)
    guard fetch.name == "fetch", let entity = fetch.child("entity") else {
      throw WebError.badQuery("FetchXML is a fetch with an entity in it")
    }
    guard entity.attribute("name")?.lowercased() == model.name else {
      throw WebError.badQuery("the entity of the FetchXML is not that of the set")
    }
    models[nil] = model
    isAggregate = fetch.attribute("aggregate") == "true"
    query.isDistinct = fetch.attribute("distinct") == "true" && !isAggregate
    countsAll = fetch.attribute("returntotalrecordcount") == "true"
    try readPage(fetch)
    let filters = try await read(entity, as: nil, model)
    if isAggregate {
      guard !aggregates.isEmpty || !groups.isEmpty else {
        throw WebError.badQuery("an aggregate query aggregates something")
      }
      try await answerAggregates(namesLookups)
    } else if query.columns.isEmpty {
      asksForAll = true
      for column in model.table.columns { add(column, as: nil, name: column.wire) }
    }
    if !isAggregate, !query.isDistinct {
      let key = model.table.column(model.table.primaryKey)
      if let key, !names.contains(key.name) { add(key, as: nil, name: key.name) }
      let more = namesLookups ? try await nameLookups(among: query.columns) : []
      query.columns += more
      version = model.table.column("versionnumber").map { place(of: $0) }
    }
    if !filters.isEmpty { query.filter = .all(filters) }
    query.rowsMax = page * pageSize + 1
  }

  /// The columns of the answer.
  var answer: AnswerColumns { AnswerColumns(names: names, lookups: lookups, sources: sources) }

  /// What is selected, as the context of an answer says it.
  var selected: String {
    asksForAll ? "" : "(\(names.filter { !$0.isEmpty }.joined(separator: ",")))"
  }

  private mutating func place(of column: Column) -> Int {
    let path = RowQuery.ColumnPath(column.name)
    if let known = query.columns.firstIndex(of: path) { return known }
    query.columns.append(path)
    return query.columns.count - 1
  }

  private mutating func answerAggregates(_ namesLookups: Bool) async throws {
    query.groups = groups.map(\.0)
    names = groups.map(\.1)
    if namesLookups {
      let more = try await nameLookups(among: query.groups)
      query.groups += more
      names += more.map { _ in "" }
    }
    for (aggregate, name) in aggregates {
      query.aggregates.append(aggregate)
      sources[names.count] = aggregate.path.flatMap { models[$0.alias]?.table.column($0.column) }
      names.append(name)
    }
  }

  /// What annotations of lookups say, behind the columns that are asked for.
  private mutating func nameLookups(
    among paths: [RowQuery.ColumnPath]
  ) async throws -> [RowQuery.ColumnPath] {
    var found = LookupNaming(behind: paths.count, joinsMax: Self.joinsMax - query.joins.count)
    for (place, path) in paths.enumerated() where place < names.count {
      guard let model = models[path.alias], let column = model.table.column(path.column),
        column.isLookup
      else { continue }
      try await found.add(column, at: place, path, of: model, catalog)
    }
    query.joins += found.joins
    naming.formUnion(found.joins.map(\.alias))
    lookups = found.lookups
    return found.columns
  }

  private mutating func readPage(_ fetch: XMLElement) throws {
    func number(_ name: String, _ most: Int) throws -> Int? {
      guard let text = fetch.attribute(name) else { return nil }
      guard let number = Int(text), number >= 1 else {
        throw WebError.badQuery("\(name) of the fetch is a number from 1")
      }
      return min(number, most)
    }
    if let top = try number("top", Preferences.pageSizeMax) { (pageSize, isCut) = (top, true) }
    if let count = try number("count", Preferences.pageSizeMax), !isCut { pageSize = count }
    page = isCut ? 1 : try number("page", Self.rowsMax) ?? 1
    guard page * pageSize <= Self.rowsMax else {
      throw WebError.badQuery("pages end after \(Self.rowsMax) rows")
    }
  }

  // MARK: Elements

  /// What an entity or a linked one asks for; its conditions.
  private mutating func read(
    _ element: XMLElement,
    as alias: String?,
    _ model: TableModel
  ) async throws -> [RowQuery.Filter] {
    var filters: [RowQuery.Filter] = []
    // Linked entities first: conditions may name them.
    for link in element.children("link-entity") {
      filters += try await join(link, from: alias, model)
    }
    for child in element.children where !child.isText {
      switch child.name {
      case "attribute": try select(child, as: alias, model)
      case "all-attributes":
        if alias == nil { asksForAll = true }
        for column in model.table.columns {
          add(column, as: alias, name: alias.map { "\($0).\(column.name)" } ?? column.wire)
        }
      case "order": try order(child, as: alias, model)
      case "filter": filters.append(try await filter(child, as: alias, model))
      case "link-entity", "no-attrs": continue
      default: throw WebError(missing: "<\(child.name.shown(40))> in FetchXML")
      }
    }
    return filters
  }

  private mutating func join(
    _ link: XMLElement,
    from parent: String?,
    _ model: TableModel
  ) async throws -> [RowQuery.Filter] {
    guard query.joins.count < Self.joinsMax else {
      throw WebError.badQuery("more than \(Self.joinsMax) entities are linked")
    }
    guard let name = link.attribute("name")?.lowercased(),
      let from = link.attribute("from")?.lowercased(), let to = link.attribute("to")?.lowercased()
    else { throw WebError.badQuery("a link-entity has name, from and to") }
    let type = link.attribute("link-type") ?? "inner"
    guard type == "inner" || type == "outer" else { return [try await partners(link, model)] }
    let alias = link.attribute("alias") ?? "\(name)\(query.joins.count + 1)"
    guard models[alias] == nil else { throw WebError.badQuery("two entities are called \(alias)") }
    let (target, path) = try await target(name, from)
    query.joins.append(
      RowQuery.Join(
        alias,
        table: target.name,
        column: path,
        to: RowQuery.ColumnPath(try column(to, of: model).name, of: parent),
        isOuter: type == "outer"
      )
    )
    models[alias] = target
    let place = query.joins.count - 1
    let filters = try await read(link, as: alias, target)
    guard type == "outer", !filters.isEmpty else { return filters }
    let later = Set(query.joins[(place + 1)...].map(\.alias))
    let asked = filters.flatMap(\.paths).compactMap(\.alias)
    guard later.isDisjoint(with: asked) else {
      throw WebError(missing: "conditions of an outer link-entity on one that is linked below it")
    }
    // Rows stay, whatever their partners are like.
    query.joins[place].filter = .all(filters)
    return []
  }

  private func target(_ name: String, _ from: String) async throws -> (TableModel, String) {
    // Pairs have no definition of their own.
    let model = try await catalog.model(of: name)
    return (model, try column(from, of: model).name)
  }

  /// The same for rows of another table, of which the values of one column are wanted.
  func inner(_ model: TableModel) -> FetchBuilding {
    var inner = self
    inner.query = RowQuery(model.name)
    inner.models = [nil: model]
    (inner.names, inner.isAggregate) = ([], false)
    return inner
  }

  /// - Returns: conditions, those of linked entities among them.
  mutating func conditions(_ element: XMLElement, _ model: TableModel) async throws
    -> [RowQuery.Filter]
  {
    try await read(element, as: nil, model)
  }

  mutating func finish(_ column: String, where filters: [RowQuery.Filter]) -> RowQuery {
    query.columns = [RowQuery.ColumnPath(column)]
    query.order = []
    query.isUnordered = true
    query.filter = .all(filters)
    return query
  }

  func column(_ name: String, of model: TableModel) throws -> Column {
    guard let column = model.table.column(name.lowercased()) else {
      throw WebError.noProperty(name, on: model.name)
    }
    return column
  }

  private mutating func add(_ column: Column, as alias: String?, name: String) {
    guard !names.contains(name) else { return }
    query.columns.append(RowQuery.ColumnPath(column.name, of: alias))
    names.append(name)
  }

  private mutating func select(
    _ element: XMLElement,
    as alias: String?,
    _ model: TableModel
  ) throws {
    guard let name = element.attribute("name") else {
      throw WebError.badQuery("an attribute has a name")
    }
    let column = try column(name, of: model)
    let stated = element.attribute("alias")
    guard isAggregate else {
      let plain = alias.map { "\($0).\(column.name)" } ?? column.wire
      return add(column, as: alias, name: stated ?? plain)
    }
    let path = RowQuery.ColumnPath(column.name, of: alias)
    guard let stated else { throw WebError.badQuery("each attribute of an aggregate has an alias") }
    if element.attribute("groupby") == "true" {
      let part = try DatePart.grouping(element, of: column)
      groups.append((RowQuery.ColumnPath(column.name, of: alias, part: part), stated))
      return
    }
    let isDistinct = element.attribute("distinct") == "true"
    let aggregate: RowQuery.Aggregate
    switch element.attribute("aggregate") {
    case "count": aggregate = RowQuery.Aggregate(.count)
    case "countcolumn": aggregate = RowQuery.Aggregate(isDistinct ? .countDistinct : .count, path)
    case "sum": aggregate = RowQuery.Aggregate(.sum, path)
    case "avg": aggregate = RowQuery.Aggregate(.average, path)
    case "min": aggregate = RowQuery.Aggregate(.min, path)
    case "max": aggregate = RowQuery.Aggregate(.max, path)
    case let other: throw WebError.badQuery("“\(other ?? "")” is no aggregate")
    }
    aggregates.append((aggregate, stated))
  }

  private mutating func order(
    _ element: XMLElement,
    as alias: String?,
    _ model: TableModel
  ) throws {
    let isDescending = element.attribute("descending") == "true"
    var path: RowQuery.ColumnPath
    if let stated = element.attribute("alias") {
      guard let group = groups.first(where: { $0.1 == stated }) else {
        guard let place = aggregates.firstIndex(where: { $0.1 == stated }) else {
          throw WebError.badQuery("no attribute of the fetch has the alias \(stated.shown(80))")
        }
        query.order.append(
          RowQuery.Order(
            aggregate: place,
            of: aggregates.map(\.0),
            isDescending: isDescending
          )
        )
        return
      }
      path = group.0
    } else {
      guard let name = element.attribute("attribute") else {
        throw WebError.badQuery("an order names an attribute")
      }
      let (other, own) = try entity(element, alias, model)
      path = RowQuery.ColumnPath(try column(name, of: own).name, of: other)
    }
    query.order.append(RowQuery.Order(path, isDescending: isDescending))
  }

  /// Another entity of the query, where an element names one.
  private func entity(
    _ element: XMLElement,
    _ alias: String?,
    _ model: TableModel
  ) throws -> (String?, TableModel) {
    guard let name = element.attribute("entityname"), !name.isEmpty else { return (alias, model) }
    if let found = models[name] { return (name, found) }
    guard let found = models.first(where: { $0.value.name == name.lowercased() }) else {
      throw WebError.badQuery("no entity of the query is called \(name.shown(80))")
    }
    return (found.key, found.value)
  }

  // MARK: Conditions

  func filter(
    _ element: XMLElement,
    as alias: String?,
    _ model: TableModel
  ) async throws -> RowQuery.Filter {
    var terms: [RowQuery.Filter] = []
    for child in element.children where !child.isText {
      switch child.name {
      case "condition": terms.append(try await condition(child, as: alias, model))
      case "filter": terms.append(try await filter(child, as: alias, model))
      case "link-entity": terms.append(try await partners(child, model, as: alias))
      default: throw WebError(missing: "<\(child.name.shown(40))> in a filter of FetchXML")
      }
    }
    // Without a condition nothing is excluded.
    guard !terms.isEmpty else { return .all([]) }
    return element.attribute("type") == "or" ? .any(terms) : .all(terms)
  }

  private func condition(
    _ element: XMLElement,
    as alias: String?,
    _ model: TableModel
  ) async throws -> RowQuery.Filter {
    guard let name = element.attribute("attribute"),
      let sign = element.attribute("operator")?.lowercased()
    else { throw WebError.badQuery("a condition has an attribute and an operator") }
    let (other, own) = try entity(element, alias, model)
    let column = try column(name, of: own)
    let path = RowQuery.ColumnPath(column.name, of: other)
    if let stated = element.attribute("valueof") {
      guard let comparison = Self.comparisons[sign] else {
        throw WebError(missing: "valueof with \(sign.shown(40))")
      }
      let written = RowQuery.ColumnPath(written: stated)
      let (alias, model) = (written.alias ?? other, written.alias.map { models[$0] } ?? own)
      guard let model else {
        throw WebError.badQuery("no entity of the query is called \(stated.shown(80))")
      }
      return .compareColumns(
        path,
        comparison,
        RowQuery.ColumnPath(try self.column(written.column, of: model).name, of: alias)
      )
    }
    var values = element.children("value").map(\.text)
    if let value = element.attribute("value") { values.insert(value, at: 0) }
    if let function = Kin.operators[sign],
      let kin = try await Kin(function, of: column, in: own, catalog, session, { values.first })
    {
      return kin.filter(path)
    }
    return try FetchCondition(column: column, path: path, moment: moment, session: session)
      .filter(sign, values)
  }

  static let comparisons: [String: RowQuery.Comparison] = [
    "eq": .equal, "ne": .notEqual, "neq": .notEqual, "gt": .greater, "ge": .greaterOrEqual,
    "lt": .less, "le": .lessOrEqual,
  ]
}
