internal import JSON
internal import OData
internal import Solutions
internal import XML

/// Requests that make, change and delete definitions.
struct DefinitionWriting {
  private let makings: Makings
  private var api: WebAPI { makings.api }
  private var request: WebRequest { makings.request }

  init(_ api: WebAPI, _ request: WebRequest) async throws {
    makings = try await Makings(
      api,
      request,
      right: request.method == "DELETE" ? .destroy : .write
    )
  }

  private var reading: DefinitionReading { DefinitionReading(api, request) }

  /// Absent is told as reading tells it.
  private static func nothing(_ set: String, _ name: String) -> WebError {
    WebError(404, "0x80060888", "\(set) has nothing called \(name.shown(200))")
  }

  // MARK: Tables

  func tables(_ path: ResourcePath) async throws -> WebResponse {
    let (first, rest) = (path.segments[0], Array(path.segments.dropFirst()))
    guard first.arguments != .none else {
      guard request.method == "POST", rest.isEmpty else {
        throw WebError.wrongMethod(request.method, "EntityDefinitions")
      }
      let body = TableBody(try MetadataBody(request), choices: makings.choices)
      let table = try await body.made()
      try Makings.requirePrefix(table.name)
      try await makings.requireNew(table: table.name)
      try await makings.requireFree(set: try body.set(of: table.name), of: table.name)
      try await makings.perform(Description(tables: [table]), as: "CreateEntity")
      return try await makings.made(first.name, Definitions.id(of: .entity(table.name)))
    }
    let model = try await reading.model(first.arguments)
    guard ToldTables.model(model.name) == nil else {
      throw WebError(missing: "changing the definition of \(model.name)")
    }
    guard let part = rest.first else { return try await table(model) }
    // As the client called the table.
    let owner = String(request.path.drop { $0 == "/" }.prefix { $0 != "/" })
    switch part.name {
    case "Attributes":
      return try await columns(of: model, part, "\(QueryString.decoded(owner))/Attributes")
    case "Keys": return try await keys(of: model, part, "\(QueryString.decoded(owner))/Keys")
    default: throw WebError.wrongMethod(request.method, part.name)
    }
  }

  private func table(_ model: TableModel) async throws -> WebResponse {
    switch request.method {
    case "PUT":
      let body = TableBody(
        try MetadataBody(request).changing(Definitions.table(model)),
        choices: makings.choices
      )
      let said = try body.changed()
      if let set = try body.set() { try await makings.requireFree(set: set, of: model.name) }
      try await makings.perform(
        Description(tables: [(model.head.schemaName, said)]),
        as: "UpdateEntity"
      )
    case "DELETE":
      try await makings.perform(Description(removed: ["Entity:\(model.name)"]), as: "DeleteEntity")
    default: throw WebError.wrongMethod(request.method, "a table")
    }
    return .nothing
  }

  // MARK: Columns

  private func columns(
    of model: TableModel,
    _ part: ResourcePath.Segment,
    _ address: String
  ) async throws -> WebResponse {
    guard part.arguments != .none else {
      guard request.method == "POST" else {
        throw WebError.wrongMethod(request.method, "Attributes")
      }
      let body = try ColumnBody(try MetadataBody(request), choices: makings.choices)
      guard !body.isPrimaryName else {
        throw WebError.badBody("\(model.name) has a column that names rows already")
      }
      let name = try body.name()
      guard model.table.column(name.lowercased()) == nil else {
        throw WebError(
          400,
          "0x80047013",
          "a column \(name.shown(100)) of \(model.name) already exists"
        )
      }
      try Makings.requirePrefix(name)
      let said = Described.pairs(try await body.made())
      try await makings.perform(
        .parts("columns", of: model.head.schemaName, [(name, said)]),
        as: "CreateAttribute"
      )
      return try await makings.made(address, Definitions.id(of: .attribute(model.name, name)))
    }
    let column = try reading.column(of: model, part)
    switch request.method {
    case "PUT":
      let record = Definitions.column(column, of: model)
      let kind = ColumnKind(column, model.columns[column.name]?.element)
      let whole = try MetadataBody(request)
      if let type = whole.type, type != kind.metadata {
        throw WebError.badBody("\(column.name) is a \(kind.metadata), and stays one")
      }
      let body = try ColumnBody(
        whole.changing(record),
        kind: String(kind.metadata.dropLast("AttributeMetadata".count)),
        choices: makings.choices
      )
      let said = Described.pairs(try body.changed())
      try await makings.perform(
        .parts("columns", of: model.head.schemaName, [(column.name, said)]),
        as: "UpdateAttribute"
      )
    case "DELETE":
      guard column.name != model.table.primaryName else {
        throw WebError(400, "0x80047002", "\(column.name) names rows of \(model.name): it stays")
      }
      try await makings.perform(
        Description(removed: Self.goneWith(column.name, of: model)),
        as: "DeleteAttribute"
      )
    default: throw WebError.wrongMethod(request.method, "a column")
    }
    return .nothing
  }

  /// A column with what there is only for its sake: relationships of a lookup, the amount in the base currency.
  private static func goneWith(_ column: String, of model: TableModel) -> [String] {
    let amounts = model.columns.filter {
      $0.value.element.text(of: "CalculationOf")?.lowercased() == column
    }
    return ["Attribute:\(model.name).\(column)"]
      + model.links(of: column).compactMap(\.stated).map { "EntityRelationship:\($0.id.key)" }
      + amounts.keys.sorted().map { "Attribute:\(model.name).\($0)" }
      + (model.table.column(column)?.type == .image
        ? ["AttributeImageConfiguration:\(model.name) \(column)"] : [])
  }

  // MARK: Keys

  private func keys(
    of model: TableModel,
    _ part: ResourcePath.Segment,
    _ address: String
  ) async throws -> WebResponse {
    guard part.arguments != .none else {
      guard request.method == "POST" else { throw WebError.wrongMethod(request.method, "Keys") }
      let body = try MetadataBody(request)
      let name = try body.required("SchemaName")
      let id = ComponentID.entityKey(model.name, name)
      guard model.keys[name.lowercased()] == nil else {
        throw WebError(
          400,
          "0x80060893",
          "a key \(name.shown(100)) of \(model.name) already exists"
        )
      }
      try Makings.requirePrefix(name)
      let columns = try body.list("KeyAttributes") ?? []
      var words: [(name: String, value: Described)] = [
        ("columns", .list(columns.compactMap { $0.text.map { .text($0.lowercased()) } }))
      ]
      if let labels = try body.labels("DisplayName") { words.append(("displayName", labels)) }
      try await makings.perform(
        .parts("keys", of: model.head.schemaName, [(name, .pairs(words))]),
        as: "CreateEntityKey"
      )
      return try await makings.made(address, Definitions.id(of: id))
    }
    guard request.method == "DELETE" else { throw WebError.wrongMethod(request.method, "a key") }
    let answer = try RecordAnswer("Keys", type: "EntityKeyMetadata", request)
    let (found, name) = try answer.find(
      part.arguments,
      among: Definitions.keys(model),
      key: "MetadataId"
    )
    guard case .text(let key)? = found?["LogicalName"] else { throw Self.nothing("Keys", name) }
    try await makings.perform(
      Description(removed: ["EntityKey:\(model.name).\(key)"]),
      as: "DeleteEntityKey"
    )
    return .nothing
  }

  // MARK: Relationships

  func relationships(_ path: ResourcePath) async throws -> WebResponse {
    let first = path.segments[0]
    guard first.arguments != .none else {
      guard request.method == "POST" else { throw WebError.wrongMethod(request.method, first.name) }
      let body = RelationshipBody(try MetadataBody(request))
      let name = try body.name()
      try Makings.requirePrefix(name)
      try await requireNew(relationship: name)
      if body.isManyToMany {
        let description = Description(relationships: [try body.manyToMany()])
        try await makings.perform(description, as: "CreateManyToMany")
      } else {
        let made = try await RelationshipBody.column(
          [body],
          lookup: nil,
          type: "lookup",
          choices: makings.choices
        )
        try await requireNew(target: body.referenced(), made)
        try await makings.perform(
          .parts("columns", of: made.table, [(made.column, made.said)]),
          as: "CreateOneToMany"
        )
      }
      let id = ComponentID(.entityRelationship, name.lowercased())
      return try await makings.made(first.name, Definitions.id(of: id))
    }
    let found = try await reading.relationship(first.arguments)
    switch (request.method, found) {
    case ("PUT", .link(let link)):
      let body = RelationshipBody(try MetadataBody(request).changing(Definitions.link(link)))
      let said = try body.changed(of: link)
      try await makings.perform(
        .parts("columns", of: link.table, [(link.column, said)]),
        as: "UpdateRelationship"
      )
    case ("PUT", .pair(let pair)):
      let body = try MetadataBody(request).changing(Definitions.pair(pair))
      try body.requireKnown([], of: "a relationship that is there")
    case ("DELETE", .link(let link)):
      let model = try await api.catalog.model(of: link.table)
      let others = model.links.filter { $0.column == link.column && $0.name != link.name }
      let column = others.isEmpty ? Self.goneWith(link.column, of: model) : []
      let own = "EntityRelationship:\(link.name.lowercased())"
      try await makings.perform(
        Description(removed: column.contains(own) ? column : [own] + column),
        as: "DeleteRelationship"
      )
    case ("DELETE", .pair(let pair)): try await delete(pair)
    default: throw WebError.wrongMethod(request.method, "a relationship")
    }
    return .nothing
  }

  private func requireNew(relationship name: String) async throws {
    for model in try await reading.models() {
      let names = model.links.map(\.name) + model.pairs.map(\.name)
      guard names.contains(where: { $0.lowercased() == name.lowercased() }) else { continue }
      throw WebError(400, "0x80047007", "a relationship \(name.shown(100)) already exists")
    }
  }

  /// A lookup that is there may lead to one more table, and not twice to the same.
  private func requireNew(
    target: String,
    _ made: (table: String, column: String, said: Described)
  ) async throws {
    let links = try await api.catalog.find(made.table)?.links(of: made.column.lowercased())
    guard let link = links?.first(where: { $0.target == target }) else { return }
    throw WebError(
      400,
      "0x80047013",
      "\(made.table).\(made.column.shown(100)) leads to \(link.target) already, by \(link.name)"
    )
  }

  private func delete(_ pair: TableModel.Pair) async throws {
    guard let stated = pair.stated else {
      throw WebError(400, "0x80047002", "\(pair.name) is the platform's: it stays")
    }
    try await makings.perform(
      Description(removed: ["EntityRelationship:\(stated.id.key)"]),
      as: "DeleteRelationship"
    )
  }

  // MARK: Choices

  func choices(_ path: ResourcePath) async throws -> WebResponse {
    let first = path.segments[0]
    guard first.arguments != .none else {
      guard request.method == "POST" else { throw WebError.wrongMethod(request.method, first.name) }
      let choice = try await makings.choices.made(try MetadataBody(request))
      try Makings.requirePrefix(choice.name)
      try await makings.requireNew(choice: choice.name)
      try await makings.perform(Description(choices: [choice]), as: "CreateOptionSet")
      return try await makings.made(first.name, Definitions.id(of: .optionSet(choice.name)))
    }
    guard let stated = try await makings.choices.find(first.arguments) else {
      throw Self.nothing(first.name, "such a choice")
    }
    switch request.method {
    case "PUT":
      let body = try MetadataBody(request).changing(Definitions.choice(stated))
      let said = try makings.choices.changed(body)
      try await makings.perform(
        Description(choices: [(stated.id.key, said)]),
        as: "UpdateOptionSet"
      )
    case "DELETE":
      try await makings.perform(
        Description(removed: ["OptionSet:\(stated.id.key)"]),
        as: "DeleteOptionSet"
      )
    default: throw WebError.wrongMethod(request.method, "a choice")
    }
    return .nothing
  }
}
