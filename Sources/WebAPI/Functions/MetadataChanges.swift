internal import JSON
internal import OData
internal import Solutions

extension Operation {
  /// Definitions of tables with those of their parts, by criteria; all of them are new, since nobody asks for a stamp.
  static let retrieveMetadataChanges = Operation(function: "RetrieveMetadataChanges") {
    api,
    request,
    parameters in
    guard let text = parameters.raw("Query") else {
      throw WebError.badQuery("Query is expected, by a name such as @p1")
    }
    let query = try JSONDocument(Array(text.utf8)).root
    let condition = try MetadataCriteria.condition(query["Criteria"])
    let shared = query["AttributeQuery"] == nil ? [:] : try await api.sharedChoices()
    var tables: [Record] = []
    for head in try await api.catalog.heads() {
      let light = Definitions.head(head)
      // What is asked by name needs no other table.
      if let condition, MetadataCriteria.isLight(condition),
        try MetadataCriteria.holds(condition, light) != true
      {
        continue
      }
      let model = try await api.catalog.model(of: head.name)
      let record = Definitions.table(model, sharing: shared)
      if let condition, try MetadataCriteria.holds(condition, record) != true { continue }
      tables.append(record)
    }
    let parts: [(String, JSONValue?)] = [
      ("Attributes", query["AttributeQuery"]), ("Keys", query["KeyQuery"]),
      ("OneToManyRelationships", query["RelationshipQuery"]),
      ("ManyToOneRelationships", query["RelationshipQuery"]),
      ("ManyToManyRelationships", query["RelationshipQuery"]),
    ]
    return try Operations.answer("RetrieveMetadataChanges", request) {
      try $0.member("EntityMetadata") {
        try $0.list { json in
          for table in tables {
            try json.object { json in
              MetadataCriteria.write(table, query["Properties"], into: &json)
              for (name, part) in parts {
                guard let part, part.kind == .object else { continue }
                let condition = try MetadataCriteria.condition(part["Criteria"])
                try json.member(name) {
                  try $0.list { json in
                    for record in try MetadataCriteria.parts(name, of: table, condition) {
                      json.object {
                        MetadataCriteria.write(record, part["Properties"], into: &$0)
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
      $0.member("ServerVersionStamp", "1!0")
      $0.member("DeletedMetadata", nil as String?)
    }
  }
}

/// Criteria of queries about definitions.
enum MetadataCriteria {
  /// nil where there are none.
  static func condition(_ value: JSONValue?) throws -> Expression? {
    guard let value, value.kind == .object else { return nil }
    var terms: [Expression] = []
    for condition in value["Conditions"]?.elements.map({ $0 }) ?? [] {
      guard let name = condition["PropertyName"]?.text else {
        throw WebError.badQuery("a condition has a PropertyName")
      }
      let path = Expression.path(PropertyPath([name]))
      let values = try values(condition["Value"]).map { Expression.literal($0) }
      let value = values.first ?? .literal(.null)
      switch condition["ConditionOperator"]?.text {
      case "Equals": terms.append(.compare(path, .equal, value))
      case "NotEquals": terms.append(.compare(path, .notEqual, value))
      case "GreaterThan": terms.append(.compare(path, .greater, value))
      case "LessThan": terms.append(.compare(path, .less, value))
      case "In": terms.append(.among(path, values))
      case "NotIn": terms.append(.not(.among(path, values)))
      case let other: throw WebError(missing: "ConditionOperator \((other ?? "").shown(40))")
      }
    }
    for filter in value["Filters"]?.elements.map({ $0 }) ?? [] {
      if let inner = try condition(filter) { terms.append(inner) }
    }
    guard !terms.isEmpty else { return nil }
    return value["FilterOperator"]?.text == "Or" ? .any(terms) : .all(terms)
  }

  /// One value, or those of a list: as they are, or with the type that they are meant as.
  private static func values(_ stated: JSONValue?) throws -> [Literal] {
    let type = stated?["Type"]?.text ?? ""
    guard let value = stated?.kind == .object ? stated?["Value"] : stated else { return [.null] }
    let isList = type.hasSuffix("[]")
    guard value.kind != .array else { return value.elements.map { literal($0, type) } }
    // A list may be a text, too.
    if isList, let text = value.text {
      return try JSONDocument(Array(text.utf8)).root.elements.map { literal($0, type) }
    }
    return [literal(value, type)]
  }

  /// - Parameter type: as programs of .NET call it; clients that have none send texts of it.
  private static func literal(_ value: JSONValue, _ type: String) -> Literal {
    switch value.kind {
    case .string:
      let text = value.text ?? ""
      switch type.prefix(while: { $0 != "[" }) {
      case "System.Boolean": return .boolean(text.lowercased() == "true")
      case "System.Int32", "System.Int64", "System.Double", "System.Decimal": return .number(text)
      default: return .text(text)
      }
    case .number: return .number(value.lexeme ?? "0")
    case .boolean: return .boolean(value.boolean ?? false)
    default: return .null
    }
  }

  /// What is known of a table without a look at it.
  static let names: Set<String> = [
    "LogicalName", "SchemaName", "EntitySetName", "LogicalCollectionName", "MetadataId",
  ]

  /// Whether it asks for names alone.
  static func isLight(_ condition: Expression) -> Bool {
    switch condition {
    case .all(let terms), .any(let terms): terms.allSatisfy { isLight($0) }
    case .compare(.path(let path), _, _), .among(.path(let path), _): names.contains(path.text)
    case .not(let term): isLight(term)
    default: false
    }
  }

  static func holds(_ condition: Expression, _ record: Record) throws -> Bool? {
    var query = RecordQuery(options: QueryOptions(), type: "EntityMetadata")
    query.comparesValues = true
    return try query.holds(condition, record)
  }

  static func parts(
    _ name: String,
    of table: Record,
    _ condition: Expression?
  ) throws -> [Record] {
    guard case .list(let cells)? = table[name] else { return [] }
    let records = cells.compactMap { if case .record(let record) = $0 { record } else { nil } }
    guard let condition else { return records }
    return try records.filter { try holds(condition, $0) == true }
  }

  /// - Parameter properties: `AllProperties`, or `PropertyNames`.
  static func write(
    _ record: Record,
    _ properties: JSONValue?,
    into json: inout JSONWriter
  ) {
    let names = properties?["PropertyNames"]?.elements.compactMap(\.text) ?? []
    let isAll = properties?["AllProperties"]?.boolean == true || names.isEmpty
    for (name, cell) in record.always {
      json.name(name)
      cell.write(into: &json)
    }
    for (name, cell) in record.cells where isAll || names.contains(name) {
      json.name(name)
      cell.write(into: &json)
    }
    // Choices are a part of their columns here.
    for (name, cell) in record.related
    where ["OptionSet", "GlobalOptionSet"].contains(name) && (isAll || names.contains(name)) {
      json.name(name)
      cell.write(into: &json)
    }
  }
}
