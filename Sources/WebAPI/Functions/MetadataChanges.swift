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
    var tables: [Record] = []
    for head in try await api.catalog.heads() {
      let light = Definitions.head(head)
      // What is asked by name needs no other table.
      if let condition, MetadataCriteria.isLight(condition),
        try MetadataCriteria.holds(condition, light) != true
      {
        continue
      }
      let record = Definitions.table(try await api.catalog.model(of: head.name))
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
      let stated = condition["Value"]
      let literal = literal(stated?.kind == .object ? stated?["Value"] : stated)
      let path = Expression.path(PropertyPath([name]))
      switch condition["ConditionOperator"]?.text {
      case "Equals": terms.append(.compare(path, .equal, .literal(literal)))
      case "NotEquals": terms.append(.compare(path, .notEqual, .literal(literal)))
      case "GreaterThan": terms.append(.compare(path, .greater, .literal(literal)))
      case "LessThan": terms.append(.compare(path, .less, .literal(literal)))
      case let other: throw WebError(missing: "ConditionOperator \((other ?? "").shown(40))")
      }
    }
    for filter in value["Filters"]?.elements.map({ $0 }) ?? [] {
      if let inner = try condition(filter) { terms.append(inner) }
    }
    guard !terms.isEmpty else { return nil }
    return value["FilterOperator"]?.text == "Or" ? .any(terms) : .all(terms)
  }

  private static func literal(_ value: JSONValue?) -> Literal {
    switch value?.kind {
    case .string: .text(value?.text ?? "")
    case .number: .number(value?.lexeme ?? "0")
    case .boolean: .boolean(value?.boolean ?? false)
    default: .null
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
    case .compare(.path(let path), _, _):
      names.contains(path.text)
    default: false
    }
  }

  static func holds(_ condition: Expression, _ record: Record) throws -> Bool? {
    try RecordQuery(options: QueryOptions(), type: "EntityMetadata").holds(condition, record)
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
