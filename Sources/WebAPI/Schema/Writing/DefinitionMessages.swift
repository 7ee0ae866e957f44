internal import JSON
internal import OData
internal import Solutions
internal import XML

/// Messages about tables, relationships and options.
extension Operations {
  static let definitionMessages: [Operation] = [
    .createEntities, .relating("CreateCustomerRelationships", type: "customer"),
    .relating("CreatePolymorphicLookupAttribute", type: "lookup"),
    .insertOption("InsertOptionValue"), .insertOption("InsertStatusValue"),
    .updateOption("UpdateOptionValue"), .updateOption("UpdateStateValue"), .deleteOptionValue,
    .orderOption, .reactivateEntityKey, .eligible("CanBeReferenced"), .eligible("CanBeReferencing"),
    .eligible("CanManyToMany"), .tables("GetValidReferencedEntities"),
    .tables("GetValidReferencingEntities"), .tables("GetValidManyToMany"),
  ]
}

extension Operation {
  /// Several tables at once; the solution stands in the query.
  static let createEntities = Operation(action: "CreateEntities") { api, request, _ in
    let message = try Message("CreateEntities", request, known: ["Entities", "SolutionUniqueName"])
    let query = QueryString.pairs(request.query).first { $0.name == "SolutionUniqueName" }
    let makings = try await Makings(
      api,
      request,
      in: query?.value ?? message["SolutionUniqueName"]?.text
    )
    guard let entities = message["Entities"], entities.kind == .array else {
      throw WebError.badBody("CreateEntities takes Entities")
    }
    var description = Description()
    var sets: Set<String> = []
    for entity in entities.elements {
      let body = TableBody(try MetadataBody(entity, "a table"), choices: makings.choices)
      let table = try await body.made()
      try Makings.requirePrefix(table.name)
      try await makings.requireNew(table: table.name)
      let set = try body.set(of: table.name)
      try await makings.requireFree(set: set, of: table.name)
      guard sets.insert(set.lowercased()).inserted else {
        throw WebError.badBody("two of the tables have the entity set \(set.shown(100))")
      }
      description.tables.append(table)
    }
    try await makings.perform(description, as: "CreateEntities")
    return Operations.answer("CreateEntities", request) {
      $0.member("EntityIds") {
        $0.list { json in
          for table in description.tables {
            json.string(Definitions.id(of: .entity(table.name)).description)
          }
        }
      }
    }
  }

  // MARK: Lookups of several tables

  static func relating(_ name: String, type: String) -> Operation {
    Operation(action: name) { api, request, _ in
      let message = try Message(
        name,
        request,
        known: ["Lookup", "OneToManyRelationships", "SolutionUniqueName"]
      )
      let makings = try await Makings(api, request, in: message["SolutionUniqueName"]?.text)
      let bodies = try (message["OneToManyRelationships"]?.elements.map { $0 } ?? []).map {
        RelationshipBody(try MetadataBody($0, "a relationship"))
      }
      let made = try await RelationshipBody.column(
        bodies,
        lookup: message["Lookup"],
        type: type,
        choices: makings.choices
      )
      try Makings.requirePrefix(made.column)
      let ids = try bodies.map {
        Definitions.id(of: ComponentID(.entityRelationship, try $0.name().lowercased()))
      }
      try await makings.perform(
        .parts("columns", of: made.table, [(made.column, made.said)]),
        as: name
      )
      return Operations.answer(name, request) {
        $0.member("RelationshipIds") { $0.list { for id in ids { $0.string(id.description) } } }
        $0.member(
          "AttributeId",
          Definitions.id(of: .attribute(made.table, made.column)).description
        )
      }
    }
  }

  // MARK: Options

  private static let optionPlace: Set<String> = [
    "OptionSetName", "EntityLogicalName", "AttributeLogicalName", "SolutionUniqueName",
  ]

  static func insertOption(_ name: String) -> Operation {
    Operation(action: name) { api, request, _ in
      let message = try Message(
        name,
        request,
        known: optionPlace.union([
          "Value", "Label", "Description", "StateCode", "Color", "ExternalValue",
        ])
      )
      let makings = try await Makings(api, request, in: message["SolutionUniqueName"]?.text)
      let place = try await OptionPlace(message, api)
      let stated = message["Value"].flatMap { $0.kind == .null ? nil : $0.integer }
      if let stated, place.values.contains(stated) {
        throw WebError.badBody("there is an option \(stated) already")
      }
      let isStatus = name == "InsertStatusValue"
      guard isStatus == (message["StateCode"]?.integer != nil) else {
        throw WebError.badBody("\(name) \(isStatus ? "takes" : "takes no") StateCode")
      }
      let value =
        if let stated { stated } else { try await makings.choices.next(besides: place.values) }
      try await makings.perform(try place.description(of: value, message), as: name)
      return Operations.answer(name, request) { $0.member("NewOptionValue", value) }
    }
  }

  static func updateOption(_ name: String) -> Operation {
    Operation(action: name) { api, request, _ in
      let message = try Message(
        name,
        request,
        known: optionPlace.union([
          "Value", "Label", "Description", "MergeLabels", "Color", "DefaultStatusCode",
          "ExternalValue",
        ])
      )
      let makings = try await Makings(api, request, in: message["SolutionUniqueName"]?.text)
      let place = try await OptionPlace(message, api)
      let value = try place.value(message["Value"])
      try await makings.perform(try place.description(of: value, message), as: name)
      return .nothing
    }
  }

  static let deleteOptionValue = Operation(action: "DeleteOptionValue") { api, request, _ in
    let message = try Message("DeleteOptionValue", request, known: optionPlace.union(["Value"]))
    let makings = try await Makings(
      api,
      request,
      in: message["SolutionUniqueName"]?.text,
      right: .destroy
    )
    let place = try await OptionPlace(message, api)
    let gone = Described.list([.text(String(try place.value(message["Value"])))])
    try await makings.perform(place.description([("withoutOptions", gone)]), as: message.name)
    return .nothing
  }

  static let orderOption = Operation(action: "OrderOption") { api, request, _ in
    let message = try Message("OrderOption", request, known: optionPlace.union(["Values"]))
    let makings = try await Makings(api, request, in: message["SolutionUniqueName"]?.text)
    let place = try await OptionPlace(message, api)
    let values = try (message["Values"]?.elements.map { $0 } ?? []).map { try place.value($0) }
    let order = Described.list(values.map { .text(String($0)) })
    try await makings.perform(place.description([("optionOrder", order)]), as: message.name)
    return .nothing
  }

  // MARK: Keys

  static let reactivateEntityKey = Operation(action: "ReactivateEntityKey") { api, request, _ in
    let message = try Message(
      "ReactivateEntityKey",
      request,
      known: ["EntityLogicalName", "EntityKeyLogicalName"]
    )
    let makings = try await Makings(api, request)
    let key = ComponentID.entityKey(
      try message.text("EntityLogicalName"),
      try message.text("EntityKeyLogicalName")
    )
    try await makings.perform(.activatingKey(key), as: message.name)
    return .nothing
  }

  // MARK: What may be related

  /// Every table may, those of pairs aside.
  static func eligible(_ name: String) -> Operation {
    Operation(action: name) { api, request, _ in
      let message = try Message(name, request, known: ["EntityName"])
      let found = try await api.catalog.find(try message.text("EntityName").lowercased())
      return Operations.answer(name, request) { $0.member(name, found != nil) }
    }
  }

  static func tables(_ name: String) -> Operation {
    Operation(function: name) { api, request, _ in
      let names = try await api.catalog.heads().map(\.name)
      return Operations.answer(name, request) {
        $0.member("EntityNames") { $0.list { for name in names { $0.string(name) } } }
      }
    }
  }
}

/// Where options stand that a message is about: in a choice that columns share, or in a column of its own.
private struct OptionPlace {
  let values: Set<Int>
  private let isShared: Bool
  /// The path of an option, but for its value.
  private let list: String
  private let name: String
  private let table: String

  init(_ message: Message, _ api: WebAPI) async throws {
    if let shared = message["OptionSetName"]?.text, !shared.isEmpty {
      self = try await OptionPlace(shared: shared, api)
      return
    }
    let model = try await api.catalog.model(of: try message.text("EntityLogicalName").lowercased())
    let wanted = try message.text("AttributeLogicalName").lowercased()
    guard let column = model.table.column(wanted) else {
      throw WebError(404, "0x80060888", "\(model.name) has no column \(wanted.shown(100))")
    }
    if let shared = model.columns[wanted]?.element.text(of: "OptionSetName"), !shared.isEmpty {
      self = try await OptionPlace(shared: shared, api)
      return
    }
    switch column.type {
    case .choice(let known), .choices(let known): values = Set(known ?? column.titles.keys.sorted())
    case .boolean: values = [0, 1]
    default:
      throw WebError(400, "0x80044323", "\(column.name) has no options")
    }
    (isShared, name, table) = (false, column.name, model.head.schemaName)
    let lists = ["statecode": "states/state", "statuscode": "statuses/status"]
    list = "optionset/\(lists[column.name] ?? "options/option")"
  }

  private init(shared name: String, _ api: WebAPI) async throws {
    let choices = ChoiceBodies(api: api, solution: ChoiceBodies.noSolution)
    guard let stated = try await choices.find(.single(.literal(.text(name)))) else {
      throw WebError(404, "0x80060888", "there is no choice \(name.shown(100))")
    }
    let options = stated.element.child("options")?.children("option") ?? []
    values = Set(options.compactMap { $0.attribute("value").flatMap { Int($0) } })
    (isShared, list, self.name, table) = (true, "options/option", stated.id.key, "")
  }

  /// One that is there.
  func value(_ value: JSONValue?) throws -> Int {
    guard let number = value?.integer, values.contains(number) else {
      throw WebError.badBody("Value is none of the options of \(name)")
    }
    return number
  }

  /// What a message says of an option.
  func description(of value: Int, _ message: Message) throws -> Description {
    let said = try ChoiceBodies.option(message.root)
    var settings = try ChoiceBodies.settings(message.root, of: value, at: list)
    if let status = message["DefaultStatusCode"], status.kind != .null {
      guard list.hasSuffix("states/state"), let number = status.integer else {
        throw WebError.badBody("DefaultStatusCode is a status of a state")
      }
      settings.append(("\(list)[\(value)]@defaultstatus", .text(String(number))))
    }
    return description(ChoiceBodies.words(options: [(String(value), said)], settings))
  }

  func description(_ words: [(name: String, value: Described)]) -> Description {
    isShared
      ? Description(choices: [(name, .pairs(words))])
      : .parts("columns", of: table, [(name, .pairs(words))])
  }
}
