internal import Contract
internal import Lifecycle
internal import OData
internal import Solutions

/// Answers what is asked of the rows of a table.
struct RowReading {
  let api: WebAPI
  let request: WebRequest
  let session: Session
  private let key: RequestWords.Key
  private let words: RequestWords

  var options: QueryOptions { words.options }
  var preferences: Preferences { words.preferences }

  init(_ api: WebAPI, _ request: WebRequest, session: Session) throws {
    self.api = api
    self.request = request
    self.session = session
    key = RequestWords.Key(query: request.query, preferences: request.headers["Prefer"])
    words = try api.shapes.words(key)
  }

  func builder(_ table: String) -> QueryBuilder {
    QueryBuilder(
      table,
      catalog: api.catalog,
      annotations: preferences,
      aliases: options.aliases,
      moment: api.clock(),
      user: session
    )
  }

  /// How rows are asked for: as before, where tables are what they were.
  private func shape(
    of model: TableModel,
    isOne: Bool,
    isKept: Bool,
    _ build: () async throws -> (query: QueryBuilder, layout: Layout)
  ) async throws -> RowShape {
    let key = RowShape.Key(table: model.name, isOne: isOne, words: key)
    let memory = isKept ? api.catalog.memory : nil
    if let memory, let known = api.shapes.shape(key, memory) { return known }
    let (query, layout) = try await build()
    let shape = RowShape(tree: query.tree, layout: layout)
    if let memory, query.isSteady { api.shapes.keep(shape, as: key, memory) }
    return shape
  }

  private func requireSupported() throws {
    if preferences.tracksChanges { throw WebError(missing: "change tracking") }
    try options.refuse(["$skip", "$search", "$format", "$id"])
  }

  /// What a view finds is not changed by other options.
  private func requireViewAlone() throws {
    let other = options.said(
      of: ["$select", "$filter", "$orderby", "$expand", "$top", "$count", "$apply"]
    )
    if let other { throw WebError(missing: "\(other) beside a view") }
  }

  /// Whether a whole query is asked, and not for rows one by one.
  var isQuery: Bool {
    !options.apply.isEmpty
      || ["fetchXml", "savedQuery", "userQuery", "sql"].contains { options.other($0) != nil }
  }

  /// Whether a row can be shown as it is asked for: before it is written, so that nobody who is refused has written.
  func requireShowable(_ model: TableModel) async throws {
    try requireSupported()
    try requireOneRow()
    var builder = builder(model.name)
    _ = try await builder.layout(of: model, as: nil, options)
  }

  /// A whole query says itself what is answered, and not something about its rows.
  private func requireNoQuery(beside word: String) throws {
    let names = ["fetchXml", "savedQuery", "userQuery", "sql"]
    if let name = names.first(where: { options.other($0) != nil }) {
      throw WebError(missing: "\(name) beside \(word)")
    }
  }

  private func requireOneRow() throws {
    guard options.apply.isEmpty, options.filter == nil, options.orderBy.isEmpty,
      options.top == nil, !options.isCounting
    else {
      throw WebError.badQuery("only $select and $expand go with one row")
    }
  }

  // MARK: Many

  /// Rows of a set, or those of a collection.
  ///
  /// - Parameter filter: which rows there are at all.
  func rows(of model: TableModel, where filter: RowQuery.Filter? = nil) async throws
    -> WebResponse
  {
    try requireSupported()
    if let fetch = options.other("fetchXml") {
      return try await rows(of: model, fetching: fetch, where: filter)
    }
    if options.other("savedQuery") ?? options.other("userQuery") != nil { try requireViewAlone() }
    if let id = options.other("savedQuery") {
      return try await rows(of: model, savedQuery: id, where: filter)
    }
    if let id = options.other("userQuery") {
      return try await rows(of: model, userQuery: id, where: filter)
    }
    if let text = options.other("sql") {
      guard filter == nil else { throw WebError(missing: "sql on the rows of a collection") }
      return try await rows(of: model, selecting: text)
    }
    guard options.apply.isEmpty else { return try await groups(of: model, where: filter) }
    let page = try Page(options, preferences)
    let shape = try await shape(of: model, isOne: false, isKept: filter == nil) {
      var builder = builder(model.name)
      let scope = QueryBuilder.Scope(model: model)
      let layout = try await builder.layout(of: model, as: nil, options)
      var filters = filter.map { [$0] } ?? []
      if let own = options.filter { filters.append(try await builder.condition(own, in: scope)) }
      try await builder.order(options.orderBy, in: scope)
      if options.isCounting { builder.count() }
      page.limit(&builder, to: filters)
      return (builder, layout)
    }
    let forest = try await api.find(
      shape.tree,
      keeping: shape.kept,
      asking: shape.isTold ? request : nil
    )
    let next = try next(forest, page)
    let writing = RowJSON(preferences, root: request.root, sets: try await api.catalog.sets())
    var json = JSONWriter()
    json.object {
      $0.member("@odata.context", context(of: model))
      if let count = forest.count { $0.count(count, preferences) }
      $0.member("value") {
        $0.list {
          for row in forest.rows {
            $0.object { writing.write(row, of: forest, as: shape.layout, into: &$0) }
          }
        }
      }
      if let next { $0.member("@odata.nextLink", next) }
    }
    return answer(json, pages: true)
  }

  /// Ids of rows, as references.
  func references(of model: TableModel, where filter: RowQuery.Filter) async throws -> WebResponse {
    try requireSupported()
    try requireNoQuery(beside: "$ref")
    var builder = builder(model.name)
    let scope = QueryBuilder.Scope(model: model)
    var filters = [filter]
    if let own = options.filter { filters.append(try await builder.condition(own, in: scope)) }
    let key = builder.place(model.table.primaryKey, of: nil)
    let page = try Page(options, preferences)
    page.limit(&builder, to: filters)
    let forest = try await api.find(builder.tree, asking: request)
    let next = try next(forest, page)
    let writing = RowJSON(preferences, root: request.root, sets: try await api.catalog.sets())
    var json = JSONWriter()
    json.object {
      $0.member("@odata.context", "\(request.root)$metadata#Collection($ref)")
      $0.member("value") {
        $0.list {
          for row in forest.rows {
            $0.object { $0.member("@odata.id", writing.address(model.name, row.values[key])) }
          }
        }
      }
      if let next { $0.member("@odata.nextLink", next) }
    }
    return answer(json, pages: true)
  }

  /// How many rows, as a bare number.
  func count(of model: TableModel, where filter: RowQuery.Filter? = nil) async throws
    -> WebResponse
  {
    try requireSupported()
    try requireNoQuery(beside: "$count")
    var builder = builder(model.name)
    var filters = filter.map { [$0] } ?? []
    if let own = options.filter {
      filters.append(
        try await builder.condition(own, in: QueryBuilder.Scope(model: model))
      )
    }
    builder.change { $0.filter = filters.isEmpty ? nil : .all(filters) }
    let count = try await api.count(builder.tree.query)
    return WebResponse(200, [("Content-Type", "text/plain")], body: Array("\(count)".utf8))
  }

  // MARK: One

  /// A row by its id.
  func row(of model: TableModel, _ id: GUID) async throws -> WebResponse {
    let key = RowQuery.ColumnPath(model.table.primaryKey)
    guard let found = try await row(of: model, where: .isGiven(key), id) else {
      throw try await api.notFound(model, id)
    }
    return found
  }

  /// The row that a lookup of another leads to; nothing where it leads nowhere.
  func row(of model: TableModel, where filter: RowQuery.Filter) async throws -> WebResponse {
    try await row(of: model, where: filter, nil) ?? .nothing
  }

  private func row(
    of model: TableModel,
    where filter: RowQuery.Filter,
    _ id: GUID?
  ) async throws -> WebResponse? {
    try requireSupported()
    try requireOneRow()
    let shape = try await shape(of: model, isOne: true, isKept: id != nil) {
      var builder = builder(model.name)
      let layout = try await builder.layout(of: model, as: nil, options)
      builder.change {
        $0.filter = filter
        $0.rowsMax = 1
      }
      return (builder, layout)
    }
    let forest = try await api.find(
      shape.tree,
      id,
      keeping: shape.kept,
      asking: shape.isTold ? request : nil
    )
    guard let row = forest.rows.first else { return nil }
    let etag = shape.layout.version.map { RowJSON.etag(row.values[$0]) } ?? "W/\"0\""
    if request.method == "GET", request.headers["If-None-Match"] == etag {
      return WebResponse(304, [("ETag", etag)])
    }
    let writing = RowJSON(preferences, root: request.root, sets: try await api.catalog.sets())
    var json = JSONWriter()
    json.object {
      $0.member("@odata.context", "\(context(of: model))/$entity")
      writing.write(row, of: forest, as: shape.layout, into: &$0)
    }
    return answer(json).adding([("ETag", etag)])
  }

  /// One value of a row (WA-414).
  func value(of column: Column, in model: TableModel, _ id: GUID, isRaw: Bool) async throws
    -> WebResponse
  {
    if column.isFile { return try await file(of: column, in: model, id, isRaw: isRaw) }
    var builder = builder(model.name)
    let place = builder.place(column.name, of: nil)
    builder.change {
      $0.filter = .compare(
        RowQuery.ColumnPath(model.table.primaryKey),
        .equal,
        .text(id.description)
      )
    }
    let forest = try await api.find(builder.tree, asking: request)
    guard let value = forest.rows.first?.values[place] else {
      throw try await api.notFound(model, id)
    }
    guard value != .null else { return .nothing }
    if isRaw {
      let text = column.text(of: value)
      return WebResponse(200, [("Content-Type", "text/plain")], body: Array(text.utf8))
    }
    var json = JSONWriter()
    json.object {
      $0.member(
        "@odata.context",
        "\(request.root)$metadata#\(model.head.setName)(\(id))/\(column.wire)"
      )
      $0.name("value")
      column.write(value, into: &$0)
    }
    return answer(json)
  }

  // MARK: Answers

  /// - Parameter pages: whether it is a page, unless so many rows are asked for as there are in one.
  func answer(_ json: JSONWriter, pages: Bool = false) -> WebResponse {
    preferences.answer(json, pages: pages && options.top == nil)
  }

  private func context(of model: TableModel) -> String {
    "\(request.root)$metadata#\(model.head.setName)\(words.selected)"
  }

  /// `(name,primarycontactid(fullname))`.
  static func selected(_ options: QueryOptions) -> String {
    let names = (options.select ?? []).map(\.text)
    let expanded = options.expand.map { expansion in
      let inner = selected(expansion.options)
      return expansion.path.text + (inner.isEmpty ? "()" : inner)
    }
    let all = names + expanded
    return all.isEmpty ? "" : "(\(all.joined(separator: ",")))"
  }

  /// Where the next page is; nil at the end, and where no more was asked for.
  private func next(_ forest: RowForest, _ page: Page) throws -> String? {
    options.top == nil ? try forest.next.map { try link($0, page) } : nil
  }

  /// Where the next page begins: all that was asked, and the place.
  private func link(_ cookie: RowQuery.Cookie, _ page: Page) throws -> String {
    let token = "\(page.size).\(try cookie.text())"
    let kept = QueryString.pairs(request.query).filter { $0.name.lowercased() != "$skiptoken" }
    let parts =
      kept.map {
        "\($0.name.hasPrefix("$") || $0.name.hasPrefix("@") ? $0.name : QueryString.encoded($0.name))=\(QueryString.encoded($0.value))"
      }
      + ["$skiptoken=\(QueryString.encoded(token))"]
    let path = String(request.path.drop { $0 == "/" })
    return "\(request.root)\(path)?\(parts.joined(separator: "&"))"
  }

  /// How many rows, and behind which.
  private struct Page {
    let size: Int
    let after: RowQuery.Cookie?

    init(_ options: QueryOptions, _ preferences: Preferences) throws {
      var size = preferences.pageSize
      if let token = options.skipToken {
        let parts = token.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let own = Int(parts[0]), (1...Preferences.pageSizeMax).contains(own)
        else { throw WebError.badQuery("the $skiptoken is none of this server's") }
        size = size ?? own
        after = try RowQuery.Cookie(text: String(parts[1]))
      } else {
        after = nil
      }
      self.size =
        options.top.map { min($0, Preferences.pageSizeMax) } ?? size ?? Preferences.pageSizeMax
    }

    /// To the rows of the page that pass all of some filters.
    func limit(_ query: inout QueryBuilder, to filters: [RowQuery.Filter]) {
      query.change {
        $0.filter = filters.isEmpty ? nil : .all(filters)
        $0.rowsMax = size
        $0.after = after
      }
    }
  }
}
