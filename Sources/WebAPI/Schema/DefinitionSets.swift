internal import Lifecycle
internal import OData
internal import Solutions
internal import XML

/// Tables, columns, relationships and choices as entity sets.
extension SystemSet {
  static let entityDefinitions = SystemSet(name: "EntityDefinitions") { api, request, path in
    request.isReading
      ? try await DefinitionReading(api, request).tables(path)
      : try await DefinitionWriting(api, request).tables(path)
  }

  static let relationshipDefinitions = SystemSet(name: "RelationshipDefinitions") {
    api,
    request,
    path in
    request.isReading
      ? try await DefinitionReading(api, request).relationships(path)
      : try await DefinitionWriting(api, request).relationships(path)
  }

  static let globalOptionSetDefinitions = SystemSet(name: "GlobalOptionSetDefinitions") {
    api,
    request,
    path in
    request.isReading
      ? try await DefinitionReading(api, request).choices(path)
      : try await DefinitionWriting(api, request).choices(path)
  }
}

/// Answers what is asked of definitions.
struct DefinitionReading {
  private let api: WebAPI
  private let request: WebRequest

  init(_ api: WebAPI, _ request: WebRequest) { (self.api, self.request) = (api, request) }

  private func answer(_ set: String, _ type: String) throws -> RecordAnswer {
    try RecordAnswer(set, type: type, request)
  }

  /// All tables, those of pairs aside.
  func models() async throws -> [TableModel] {
    var models: [TableModel] = []
    for head in try await api.catalog.heads() {
      models.append(try await api.catalog.model(of: head.name))
    }
    return models
  }

  // MARK: Tables

  func tables(_ path: ResourcePath) async throws -> WebResponse {
    let (first, rest) = (path.segments[0], Array(path.segments.dropFirst()))
    let answer = try answer("EntityDefinitions", "EntityMetadata")
    guard first.arguments != .none else {
      let isCount = rest.map(\.name) == ["$count"]
      guard rest.isEmpty || isCount else {
        throw WebError(missing: "EntityDefinitions/\(rest[0].name.shown(80))")
      }
      let found = try await tables(answer.options, isCount: isCount)
      return isCount ? try answer.count(found) : try answer.many(found, pages: false)
    }
    return try await table(try await model(first.arguments), answer, rest)
  }

  /// Tables as far as is asked for: those that are looked for are among them.
  private func tables(_ options: QueryOptions, isCount: Bool) async throws -> [Record] {
    // What is asked for by name alone needs no other.
    if let name = Self.name(in: options.filter) {
      let head = try await api.catalog.heads().first { $0.name == name.lowercased() }
      guard let head else { return [] }
      let model = try await api.catalog.model(of: head.name)
      return [Definitions.table(model, sharing: try await shared(by: [model], options))]
    }
    if options.expand.isEmpty, Self.isLight(options, isCount: isCount) {
      return try await api.catalog.heads().map { Definitions.head($0) }
    }
    let (models, isWhole) = (try await models(), !options.expand.isEmpty)
    let shared = try await shared(by: models, options)
    return models.map { Definitions.table($0, parts: isWhole, sharing: shared) }
  }

  /// One table, or a part of it.
  private func table(
    _ model: TableModel,
    _ answer: RecordAnswer,
    _ rest: [ResourcePath.Segment]
  ) async throws -> WebResponse {
    guard let part = rest.first else {
      let shared = try await shared(by: [model], answer.options)
      return try answer.one(Definitions.table(model, sharing: shared), name: model.name)
    }
    switch part.name {
    case "Attributes": return try await columns(of: model, part, Array(rest.dropFirst()))
    case "Keys":
      let states = try await api.ask(KeysQuestion(of: model.name))
      let failed = Set(states.filter { $0.failure != nil }.map(\.key.name))
      let keys = Definitions.keys(model, failed: failed)
      return try self.part(part, rest, "Keys", "EntityKeyMetadata", keys)
    case "OneToManyRelationships":
      return try self.part(
        part,
        rest,
        part.name,
        "OneToManyRelationshipMetadata",
        Definitions.collections(model)
      )
    case "ManyToOneRelationships":
      return try self.part(
        part,
        rest,
        part.name,
        "OneToManyRelationshipMetadata",
        Definitions.lookups(model)
      )
    case "ManyToManyRelationships":
      return try self.part(
        part,
        rest,
        part.name,
        "ManyToManyRelationshipMetadata",
        Definitions.pairs(model)
      )
    case "Privileges", "Settings": return try self.part(part, rest, part.name, part.name, [])
    default: return try property(rest[...], of: Definitions.table(model))
    }
  }

  /// Choices that columns of some tables share, where an answer shows them.
  ///
  /// - Parameter isAsked: whether the path leads to one.
  private func shared(
    by models: [TableModel],
    _ options: QueryOptions,
    isAsked: Bool = false
  ) async throws -> Definitions.SharedChoices {
    let isExpanded = options.expand.contains {
      $0.path.text.hasSuffix("OptionSet") || !$0.options.expand.isEmpty
    }
    let isShared = models.contains { model in
      model.columns.values.contains { Definitions.sharedChoice(of: $0.element) != nil }
    }
    guard isAsked || isExpanded, isShared else { return [:] }
    return try await api.sharedChoices()
  }

  /// Whether names are asked for, and nothing else.
  private static func isLight(_ options: QueryOptions, isCount: Bool) -> Bool {
    guard let select = isCount ? [] : options.select else { return false }
    return select.allSatisfy { MetadataCriteria.names.contains($0.text) }
      && options.orderBy.isEmpty && options.filter.map { MetadataCriteria.isLight($0) } ?? true
  }

  /// `LogicalName eq 'x'`, alone or with other conditions.
  private static func name(in filter: Expression?) -> String? {
    switch filter {
    case .compare(.path(let path), .equal, .literal(.text(let name)))
    where path.text.lowercased() == "logicalname":
      name
    case .all(let terms): terms.lazy.compactMap { self.name(in: $0) }.first
    default: nil
    }
  }

  /// The table that a key names.
  func model(_ arguments: ResourcePath.Arguments) async throws -> TableModel {
    let answer = try answer("EntityDefinitions", "EntityMetadata")
    let heads = try await api.catalog.heads()
    let keys = heads.map { head in
      Record([
        ("LogicalName", .text(head.name)),
        ("MetadataId", .guid(Definitions.id(of: .entity(head.name)))),
      ])
    }
    let (found, name) = try answer.find(arguments, among: keys, key: "MetadataId")
    guard case .text(let table)? = found?["LogicalName"] else {
      throw WebError(
        404,
        "0x80060888",
        "Could not find an entity with name or id \(name.shown(200))"
      )
    }
    return try await api.catalog.model(of: table)
  }

  /// The column that a key names.
  func column(of model: TableModel, _ part: ResourcePath.Segment) throws -> Column {
    let answer = try answer("Attributes", "AttributeMetadata")
    let (found, name) = try answer.find(
      part.arguments,
      among: Definitions.columns(model),
      key: "MetadataId"
    )
    guard case .text(let column)? = found?["LogicalName"],
      let column = model.table.column(column)
    else { throw Self.noColumn(name, of: model) }
    return column
  }

  private static func noColumn(_ name: String, of model: TableModel) -> WebError {
    WebError(
      404,
      "0x80060888",
      "Could not find an attribute with name or id \(name.shown(200)) of \(model.name)"
    )
  }

  private func part(
    _ part: ResourcePath.Segment,
    _ rest: [ResourcePath.Segment],
    _ set: String,
    _ type: String,
    _ records: [Record]
  ) throws -> WebResponse {
    let answer = try answer(set, type)
    guard part.arguments != .none else {
      return try all(records, answer, Array(rest.dropFirst()))
    }
    guard rest.count == 1 else { throw WebError.noSegment(rest[1].name) }
    let (found, name) = try answer.find(part.arguments, among: records, key: "MetadataId")
    guard let found else {
      throw WebError(404, "0x80060888", "\(set) has nothing called \(name.shown(200))")
    }
    return try answer.one(found, name: name)
  }

  /// - Parameter rest: what follows the set in the path.
  private func all(
    _ records: [Record],
    _ answer: RecordAnswer,
    _ rest: [ResourcePath.Segment]
  ) throws -> WebResponse {
    switch rest.map(\.name) {
    case []: return try answer.many(records, pages: false)
    case ["$count"]: return try answer.count(records)
    default: throw WebError.noSegment(rest[0].name)
    }
  }

  // MARK: Columns

  private func columns(
    of model: TableModel,
    _ part: ResourcePath.Segment,
    _ rest: [ResourcePath.Segment]
  ) async throws -> WebResponse {
    let answer = try answer("EntityDefinitions('\(model.name)')/Attributes", "AttributeMetadata")
    let isAsked = rest.contains { $0.name.hasSuffix("OptionSet") }
    let shared = try await shared(by: [model], answer.options, isAsked: isAsked)
    var rest = rest[...]
    let cast = try ColumnCast(taking: &rest)
    let records = Definitions.columns(model, shared)
    guard part.arguments != .none else { return try all(cast.of(records), answer, Array(rest)) }
    let (found, name) = try answer.find(part.arguments, among: records, key: "MetadataId")
    guard let found, let record = cast.of([found]).first else {
      throw Self.noColumn(name, of: model)
    }
    guard !rest.isEmpty else { return try answer.one(record, name: name) }
    return try property(rest, of: record)
  }

  /// A value of a record, or of what one of its values is.
  private func property(
    _ path: ArraySlice<ResourcePath.Segment>,
    of record: Record
  ) throws -> WebResponse {
    guard let first = path.first, let cell = record[first.name] else {
      throw WebError.noSegment(path.first?.name ?? "")
    }
    let rest = path.dropFirst()
    guard case .record(let inner) = cell else {
      if let next = rest.first { throw WebError.noSegment(next.name) }
      return value(cell, first.name)
    }
    guard rest.isEmpty else { return try property(rest, of: inner) }
    // What is more than a value has properties that can be selected.
    guard record.related.contains(where: { $0.name == first.name }) else {
      return value(cell, first.name)
    }
    return try answer(first.name, "OptionSetMetadata").one(inner, name: first.name)
  }

  private func value(_ cell: Cell, _ name: String) -> WebResponse {
    if case .null = cell { return .nothing }
    var json = JSONWriter()
    json.object {
      $0.member("@odata.context", "\(request.root)$metadata#\(name)")
      if case .record(let record) = cell {
        record.write(into: &$0)
      } else {
        $0.name("value")
        cell.write(into: &$0)
      }
    }
    return .json(json)
  }

  // MARK: Relationships and choices

  func relationships(_ path: ResourcePath) async throws -> WebResponse {
    var records: [Record] = []
    for model in try await models() {
      records += Definitions.lookups(model)
      // Each once: by the table that stands first.
      records += model.pairs.filter { $0.ends[0].table == model.name }.map { Definitions.pair($0) }
    }
    return try set(path, records, "RelationshipDefinitions", "RelationshipMetadataBase")
  }

  enum Relationship {
    case link(TableModel.Link)
    case pair(TableModel.Pair)
  }

  /// The relationship that a key names.
  func relationship(_ arguments: ResourcePath.Arguments) async throws -> Relationship {
    let answer = try answer("RelationshipDefinitions", "RelationshipMetadataBase")
    var name = ""
    for model in try await models() {
      for link in model.links where link.table == model.name {
        let (found, asked) = try answer.find(
          arguments,
          among: [Definitions.link(link)],
          key: "MetadataId"
        )
        if found != nil { return .link(link) }
        name = asked
      }
      for pair in model.pairs {
        let records = [Definitions.pair(pair)]
        if try answer.find(arguments, among: records, key: "MetadataId").0 != nil {
          return .pair(pair)
        }
      }
    }
    throw WebError(
      404,
      "0x80060888",
      "RelationshipDefinitions has nothing called \(name.shown(200))"
    )
  }

  func choices(_ path: ResourcePath) async throws -> WebResponse {
    let found = try await api.ask(GlobalChoicesQuestion())
    return try set(
      path,
      found.map { Definitions.choice($0) },
      "GlobalOptionSetDefinitions",
      "OptionSetMetadataBase"
    )
  }

  private func set(
    _ path: ResourcePath,
    _ records: [Record],
    _ set: String,
    _ type: String
  ) throws -> WebResponse {
    let answer = try answer(set, type)
    var records = records
    var rest = path.segments.dropFirst()
    let first = path.segments[0]
    if let name = rest.first?.name, name.hasPrefix("Microsoft.Dynamics.CRM.") {
      rest = rest.dropFirst()
      records = records.filter { record in
        if case .text("#\(name)")? = record["@odata.type"] { true } else { false }
      }
    }
    guard first.arguments != .none else { return try all(records, answer, Array(rest)) }
    let (found, name) = try answer.find(first.arguments, among: records, key: "MetadataId")
    guard let found else {
      throw WebError(404, "0x80060888", "\(set) has nothing called \(name.shown(200))")
    }
    guard rest.isEmpty else { return try property(rest, of: found) }
    return try answer.one(found, name: name)
  }
}
