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
  private func models() async throws -> [TableModel] {
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
    return try self.table(try await model(first.arguments), answer, rest)
  }

  /// Tables as far as is asked for: those that are looked for are among them.
  private func tables(_ options: QueryOptions, isCount: Bool) async throws -> [Record] {
    // What is asked for by name alone needs no other.
    if let name = Self.name(in: options.filter) {
      let head = try await api.catalog.heads().first { $0.name == name.lowercased() }
      guard let head else { return [] }
      return [Definitions.table(try await api.catalog.model(of: head.name))]
    }
    if options.expand.isEmpty, Self.isLight(options, isCount: isCount) {
      return try await api.catalog.heads().map { Definitions.head($0) }
    }
    let isWhole = !options.expand.isEmpty
    return try await models().map { Definitions.table($0, parts: isWhole) }
  }

  /// One table, or a part of it.
  private func table(
    _ model: TableModel,
    _ answer: RecordAnswer,
    _ rest: [ResourcePath.Segment]
  ) throws -> WebResponse {
    guard let part = rest.first else {
      return try answer.one(Definitions.table(model), name: model.name)
    }
    switch part.name {
    case "Attributes": return try columns(of: model, part, Array(rest.dropFirst()))
    case "Keys":
      return try self.part(part, rest, "Keys", "EntityKeyMetadata", Definitions.keys(model))
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
    default:
      guard rest.count == 1, let cell = Definitions.table(model)[part.name] else {
        throw WebError.noSegment(part.name)
      }
      return value(cell, "EntityDefinitions")
    }
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
  ) throws -> WebResponse {
    let answer = try answer("EntityDefinitions('\(model.name)')/Attributes", "AttributeMetadata")
    var records = Definitions.columns(model)
    var rest = rest[...]
    // Behind a cast the type says nothing any more.
    func cast(_ records: [Record]) -> [Record] {
      guard let name = rest.first?.name, name.hasPrefix("Microsoft.Dynamics.CRM.") else {
        return records
      }
      rest = rest.dropFirst()
      return records.filter { record in
        if case .text("#\(name)")? = record["@odata.type"] { return true }
        return name == "Microsoft.Dynamics.CRM.AttributeMetadata"
      }.map { record in
        var record = record
        record.always.removeAll { $0.name == "@odata.type" }
        return record
      }
    }
    guard part.arguments != .none else {
      records = cast(records)
      return try all(records, answer, Array(rest))
    }
    let (found, name) = try answer.find(part.arguments, among: records, key: "MetadataId")
    guard let found, let record = cast([found]).first else {
      throw Self.noColumn(name, of: model)
    }
    guard let property = rest.first else { return try answer.one(record, name: name) }
    guard rest.count == 1, let cell = record[property.name] else {
      throw WebError.noSegment(property.name)
    }
    return value(cell, property.name)
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
    guard rest.isEmpty else { throw WebError.noSegment(rest[rest.startIndex].name) }
    let (found, name) = try answer.find(first.arguments, among: records, key: "MetadataId")
    guard let found else {
      throw WebError(404, "0x80060888", "\(set) has nothing called \(name.shown(200))")
    }
    return try answer.one(found, name: name)
  }
}

extension Definitions {
  /// A choice that several columns share.
  static func choice(_ stated: TableModel.Stated) -> Record {
    let element = stated.element
    let name = element.attribute("Name") ?? stated.id.key
    let options = (element.child("options")?.children("option") ?? []).map { option in
      Cell.record(
        Record([
          ("Value", Cell(option.attribute("value").flatMap { Int($0) })),
          ("Label", labels(option, "labels", else: nil)),
          ("Description", labels(option, "Descriptions", else: nil)),
          ("Color", Cell(option.attribute("Color"))), ("IsManaged", .boolean(stated.isManaged)),
          ("ExternalValue", Cell(option.attribute("ExternalValue"))),
          ("MetadataId", .null), ("HasChanged", .null),
        ])
      )
    }
    return Record(
      always: [
        ("@odata.type", .text("#Microsoft.Dynamics.CRM.OptionSetMetadata")),
        ("MetadataId", .guid(id(of: stated.id))),
      ],
      [
        ("Name", .text(name)), ("OptionSetType", .text("Picklist")), ("IsGlobal", .boolean(true)),
        ("IsCustomOptionSet", .boolean(name.contains("_"))),
        ("IsManaged", .boolean(stated.isManaged)),
        ("IsCustomizable", managed("iscustomizable", flag(element, "IsCustomizable", else: true))),
        ("DisplayName", labels(element, "displaynames", else: name)),
        ("Description", labels(element, "Descriptions", else: nil)),
        ("IntroducedVersion", Cell(element.text(of: "IntroducedVersion"))),
        ("ExternalTypeName", said(element, "ExternalTypeName")), ("ParentOptionSetName", .null),
        ("Options", .list(options)), ("HasChanged", .null),
      ]
    )
  }
}
