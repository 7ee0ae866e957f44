internal import OData
internal import Solutions

/// An entity set whose rows lie in no table.
struct SystemSet: Sendable {
  typealias Records = @Sendable (WebAPI, RecordAnswer) async throws -> [Record]

  let name: String
  let respond: @Sendable (WebAPI, WebRequest, ResourcePath) async throws -> WebResponse
  /// The logical name of its table, and all rows of it; nil where queries over tables do not find them.
  let told: (type: String, records: Records)?

  init(
    name: String,
    told: (type: String, records: Records)? = nil,
    respond: @escaping @Sendable (WebAPI, WebRequest, ResourcePath) async throws -> WebResponse
  ) {
    (self.name, self.told, self.respond) = (name, told, respond)
  }

  typealias Writing = @Sendable (WebAPI, WebRequest, ResourcePath) async throws -> WebResponse

  /// One whose key is called like its type: `dependencyid`.
  ///
  /// - Parameters:
  ///   - writing: how its rows are made and changed; nil where they are only read.
  ///   - records: all its rows; what is asked for tells which of them matter.
  init(
    name: String,
    type: String,
    writing: Writing? = nil,
    records: @escaping Records
  ) {
    self.init(name: name, told: (type, records)) { api, request, path in
      if let writing, !request.isReading { return try await writing(api, request, path) }
      let answer = try RecordAnswer(name, type: type, request)
      return try answer.answer(
        try await answer.naming(try await records(api, answer), api),
        key: "\(type)id",
        path.segments[0],
        Array(path.segments.dropFirst())
      )
    }
  }
}

/// Answers what is asked of rows that lie in no table.
struct RecordAnswer {
  let set: String
  /// The name of the type, for messages.
  let type: String
  let request: WebRequest
  let options: QueryOptions
  let preferences: Preferences
  /// Those that a query over tables names; nil where the options say what is asked for.
  private let columns: Set<String>?

  init(_ set: String, type: String, _ request: WebRequest) throws {
    self.set = set
    self.type = type
    self.request = request
    options = try QueryOptions(query: request.query)
    preferences = Preferences(request.headers["Prefer"])
    columns = nil
    for (name, what) in [
      ("fetchXml", "FetchXML"), ("sql", "the sql query"), ("savedQuery", "savedQuery"),
      ("userQuery", "userQuery"),
    ] where options.other(name) != nil { throw WebError(missing: "\(what) on \(set)") }
    guard options.apply.isEmpty else { throw WebError(missing: "$apply on \(set)") }
    try options.refuse(["$skip", "$search", "$format"])
  }

  /// For all rows of a set, as far as a query over tables names their columns.
  init(
    everyRowOf set: String,
    type: String,
    naming columns: Set<String>,
    _ request: WebRequest
  ) throws {
    (self.set, self.type, self.request) = (set, type, request)
    self.columns = columns
    options = try QueryOptions(query: "")
    preferences = Preferences(nil)
  }

  /// Whether a property may be of what is asked for: it is where everything is, and where an option names it.
  func mayName(_ property: String) -> Bool {
    if let columns { return columns.contains(property) }
    guard let select = options.select, !select.contains(where: { $0.text == "*" }) else {
      return true
    }
    return QueryString.pairs(request.query).contains { $0.value.lowercased().contains(property) }
  }

  /// The records that the answer is about, where what they hold is costly.
  func asked(
    among records: [Record],
    _ first: ResourcePath.Segment,
    key: String,
    besides costly: [String]
  ) throws -> [Record] {
    guard first.arguments == .none else {
      return try find(first.arguments, among: records, key: key).0.map { [$0] } ?? []
    }
    // What they hold may be what is looked for.
    let condition = QueryString.pairs(request.query).filter { $0.name.lowercased() != "$select" }
    let isSought = condition.contains { pair in
      costly.contains { pair.value.lowercased().contains($0) }
    }
    guard !isSought else { return records }
    return try RecordQuery(options: options, type: type).found(among: records)
  }

  private var context: String {
    "\(request.root)$metadata#\(set)\(RowReading.selected(options))"
  }

  /// - Parameter pages: whether `odata.maxpagesize` counts; definitions come all at once (WA-703).
  func many(_ records: [Record], pages: Bool = true) throws -> WebResponse {
    let query = RecordQuery(options: options, type: type, annotations: preferences)
    if records.isEmpty { try query.checkNames() }
    let found = try query.found(among: records)
    let start = options.skipToken.flatMap { Int($0) } ?? 0
    let size = options.top ?? (pages ? preferences.pageSize ?? Preferences.pageSizeMax : .max)
    let shown = found.dropFirst(start).prefix(size)
    var json = JSONWriter()
    try json.object { json in
      json.member("@odata.context", context)
      if options.isCounting { json.count(found.count, preferences) }
      try json.member("value") {
        try $0.list { json in
          for record in shown { try json.object { try query.write(record, into: &$0) } }
        }
      }
      if options.top == nil, start + shown.count < found.count {
        json.member("@odata.nextLink", link(start + shown.count))
      }
    }
    return preferences.answer(json, pages: pages && options.top == nil)
  }

  private func link(_ start: Int) -> String {
    let kept = QueryString.pairs(request.query).filter { $0.name.lowercased() != "$skiptoken" }
    let parts = kept.map { "\($0.name)=\(QueryString.encoded($0.value))" } + ["$skiptoken=\(start)"]
    return "\(request.root)\(request.path.drop { $0 == "/" })?\(parts.joined(separator: "&"))"
  }

  func count(_ records: [Record]) throws -> WebResponse {
    let query = RecordQuery(options: options, type: type)
    if records.isEmpty { try query.checkNames() }
    let count = try query.found(among: records).count
    return WebResponse(200, [("Content-Type", "text/plain")], body: Array("\(count)".utf8))
  }

  func one(_ record: Record?, name: String) throws -> WebResponse {
    guard let record else { throw WebError.noRow(type, name) }
    let query = RecordQuery(options: options, type: type, annotations: preferences)
    let etag = ToldTables.model(type) == nil ? nil : record.etag
    if let etag, request.headers["If-None-Match"] == etag {
      return WebResponse(304, [("ETag", etag)])
    }
    var json = JSONWriter()
    try json.object {
      $0.member("@odata.context", "\(context)/$entity")
      try query.write(record, into: &$0)
    }
    return preferences.answer(json, pages: false).adding(etag.map { [("ETag", $0)] } ?? [])
  }

  /// The same about rows that a navigation property leads to.
  private func following(_ navigation: String) throws -> RecordAnswer {
    guard let name = ToldTables.target(of: navigation, from: type),
      let target = ToldTables.model(name)
    else { return self }
    return try RecordAnswer(target.head.setName, type: target.name, request)
  }

  /// A set with a key, which may be read as a whole, counted, or row by row.
  ///
  /// - Parameters:
  ///   - key: the name of the id.
  ///   - rest: what follows the set in the path, but for its own brackets.
  func answer(
    _ records: [Record],
    key: String,
    _ first: ResourcePath.Segment,
    _ rest: [ResourcePath.Segment]
  ) throws -> WebResponse {
    guard request.method == "GET" || request.method == "HEAD" else {
      throw WebError(missing: "\(request.method.shown(20)) on \(set)")
    }
    switch (first.arguments, rest.first?.name) {
    case (.none, nil): return try many(records)
    case (.none, "$count"): return try count(records)
    case (.none, let name?): throw WebError.noSegment(name)
    case (let arguments, nil):
      let (record, name) = try find(arguments, among: records, key: key)
      return try one(record, name: name)
    case (let arguments, let name?):
      let (record, key) = try find(arguments, among: records, key: key)
      guard let record else { throw WebError.noRow(type, key) }
      guard rest.count == 1 else { throw WebError(missing: "paths over more than one property") }
      return try property(name, of: record)
    }
  }

  /// A value of a record, or what a navigation property of it leads to.
  private func property(_ name: String, of record: Record) throws -> WebResponse {
    if let cell = record.related.first(where: { $0.name.lowercased() == name.lowercased() })?.cell {
      switch cell {
      case .record(let other): return try following(name).one(other, name: name)
      case .list(let cells):
        return try following(name).many(
          cells.compactMap { if case .record(let record) = $0 { record } else { nil } }
        )
      default: return .nothing
      }
    }
    let query = RecordQuery(options: options, type: type)
    guard let cell = query.value(of: name, in: record) else { throw WebError.noSegment(name) }
    if case .null = cell { return .nothing }
    var json = JSONWriter()
    json.object {
      $0.member("@odata.context", "\(request.root)$metadata#\(set)/\(name)")
      $0.name("value")
      cell.write(into: &$0)
    }
    return .json(json)
  }

  /// A record by what stands in brackets.
  func find(
    _ arguments: ResourcePath.Arguments,
    among records: [Record],
    key: String
  ) throws -> (Record?, name: String) {
    var wanted: [(String, Expression)] = []
    switch arguments {
    case .none: break
    case .single(let value): wanted = [(key, value)]
    case .named(let named): wanted = named.map { ($0.name, $0.value) }
    }
    guard !wanted.isEmpty else { throw WebError.badQuery("a key of \(set) is expected") }
    let query = RecordQuery(options: options, type: type)
    let condition = Expression.all(
      wanted.map { .compare(.path(PropertyPath([$0.0])), .equal, $0.1) }
    )
    let found = try records.first { try query.holds(condition, $0) == true }
    let name = wanted.map { entry in
      if case .literal(let literal) = entry.1 { literal.plain ?? "null" } else { entry.0 }
    }
    return (found, name.joined(separator: ","))
  }
}

/// Sets whose rows lie in no table.
enum SystemSets {
  static let all: [SystemSet] =
    [
      .entityDefinitions, .relationshipDefinitions, .globalOptionSetDefinitions, .solutions,
      .publishers, .solutionComponents, .asyncOperations, .importJobs, .solutionHistories,
      .sdkMessageFilters, .componentLayers, .dependencies, .dependencyNodes, .componentSummaries,
      .componentCountSummaries, .stringMaps, .componentDefinitions, .savedQueries, .sdkMessages,
      .environmentVariables, .environmentVariableValues, .connectionReferences,
    ] + ComponentSet.all.map(\.set)

  /// By the logical names of their tables.
  static let told: [String: SystemSet] = Dictionary(
    all.compactMap { set in set.told.map { ($0.type, set) } }
  ) { first, _ in first }

  private static let byName = Dictionary(all.map { ($0.name.lowercased(), $0) }) { first, _ in first
  }

  static func named(_ name: String) -> SystemSet? { byName[name.lowercased()] }
}
