internal import JSON
internal import OData
internal import Solutions

/// What a body says of a row: its own values, and rows that are made with it.
struct RowBody {
  /// Of the row itself.
  private(set) var values: [RowEdit.Value] = []
  private(set) var id: GUID?
  /// How the row is called that is there; nil for a new one.
  private let row: RowName?
  /// Rows that have to be there before it.
  private(set) var before: [RowEdit] = []
  /// Rows that are made and belong to it, with their pairs.
  private(set) var after: [RowEdit] = []
  /// Rows that are there and belong to it from now on.
  private(set) var bound: [RowEdit] = []

  private let model: TableModel
  private let catalog: Catalog
  private let root: String
  private let references: [String: String]
  private let newID: @Sendable () -> String

  /// Rows within rows.
  private static let depthMax = 8
  /// What the platform writes itself: sent back as it was read, it says nothing.
  static let ignored: Set<String> = [
    "createdon", "createdby", "modifiedon", "modifiedby", "versionnumber", "owninguser",
    "owningteam", "owningbusinessunit", "timezoneruleversionnumber", "utcconversiontimezonecode",
    "importsequencenumber",
  ]

  /// What a row says it is has to be what its place makes it.
  static func requireType(of body: JSONValue, _ model: TableModel) throws(WebError) {
    guard let text = body["@odata.type"]?.text,
      let name = text.split(separator: ".").last?.lowercased(),
      name != model.name, name != "crmbaseentity"
    else { return }
    throw WebError.badBody("“\(text.shown(200))” is no \(model.name)")
  }

  /// - Parameters:
  ///   - own: the id that the row gets where the body brings none; nil for one that is there.
  ///   - row: how the one is called that is there; nil for a new one.
  ///   - references: what `$1` stands for.
  init(
    _ body: JSONValue,
    of model: TableModel,
    as own: GUID?,
    row: RowName? = nil,
    catalog: Catalog,
    root: String,
    references: [String: String],
    newID: @escaping @Sendable () -> String,
    depth: Int = 0
  ) async throws {
    self.model = model
    self.row = row
    self.catalog = catalog
    self.root = root
    self.references = references
    self.newID = newID
    guard body.kind == .object else { throw WebError.badBody("the body is no object") }
    try Self.requireType(of: body, model)
    guard depth < Self.depthMax else {
      throw WebError.badBody("more than \(Self.depthMax) rows lie within each other")
    }
    let key = model.table.primaryKey
    if let text = body.member(key)?.text {
      guard let stated = GUID(text) else { throw WebError.badBody("\(key) is no GUID") }
      id = stated
    } else {
      id = own
    }
    for (name, value) in body.members {
      try await add(name, value, depth: depth)
    }
  }

  private mutating func add(_ name: String, _ value: JSONValue, depth: Int) async throws {
    if let at = name.firstIndex(of: "@") {
      let annotation = name[name.index(after: at)...]
      guard annotation == "odata.bind", at != name.startIndex else { return }
      return try await bind(String(name[..<at]), value)
    }
    let key = name.lowercased()
    if key == "overriddencreatedon" { return try override(createdOn: value) }
    if let column = model.table.column(key), !isNested(value) {
      return try add(value, to: column)
    }
    if let link = model.link(navigation: name), value.kind == .object || value.kind == .null {
      return try await nest(value, at: link, depth: depth)
    }
    if let collection = model.collection(name), value.kind == .array {
      return try await nest(value, at: collection, depth: depth)
    }
    guard !Self.ignored.contains(key), model.pictureFact(name) == nil else { return }
    if let column = model.column(onWire: name), column.isLookup {
      guard !Self.ignored.contains(column.name) else { return }
      throw WebError.badBody(
        "\(name.shown(200)) is read and not written: set the lookup by its navigation property and @odata.bind"
      )
    }
    if let missing = WebError.missing(name, of: model.name) { throw missing }
    throw WebError.badBody(
      "The property '\(name.shown(200))' does not exist on type 'Microsoft.Dynamics.CRM.\(model.name)'. "
        + "Make sure to only use property names that are defined by the type."
    )
  }

  /// When a row came into being elsewhere.
  private mutating func override(createdOn value: JSONValue) throws {
    guard value.kind != .null else { return }
    guard let text = value.text else { throw WebError.badBody("overriddencreatedon is a moment") }
    values.append(RowEdit.Value("createdon", .text(text)))
  }

  private func isNested(_ value: JSONValue) -> Bool {
    value.kind == .object || value.kind == .array
  }

  private mutating func add(_ value: JSONValue, to column: Column) throws {
    guard column.name != model.table.primaryKey, !Self.ignored.contains(column.name) else { return }
    guard !column.isLookup || value.kind == .null else {
      throw WebError.badBody(
        "\(column.name) is a lookup: set it by its navigation property and @odata.bind"
      )
    }
    values.append(RowEdit.Value(column.name, .text(try column.text(of: value, in: model.name))))
    if value.kind == .null, let name = column.fileName {
      values.append(RowEdit.Value(name, .text("")))
    }
  }

  // MARK: Lookups

  private mutating func bind(_ name: String, _ value: JSONValue) async throws {
    if let link = model.link(written: name) {
      guard value.kind != .null else {
        guard model.table.column(link.column)?.isSystemRequired != true else {
          throw WebError.badBody("\(link.column) of \(model.name) always leads somewhere")
        }
        values.append(RowEdit.Value(link.column, .text("")))
        return
      }
      guard let text = value.text else { throw WebError.badBody("\(name)@odata.bind takes a text") }
      let (table, row) = try await reference(text)
      try link.require(table, as: name)
      values.append(RowEdit.Value(link.column, .row(of: table, row)))
      return
    }
    guard let collection = model.collection(name), value.kind == .array else {
      throw WebError.badBody(
        "The property '\(name.shown(200))' does not exist on type 'Microsoft.Dynamics.CRM.\(model.name)'."
      )
    }
    guard let own = row ?? id.map({ RowName.id($0) }) else {
      throw WebError(missing: "binding a collection of a row without a name")
    }
    for element in value.elements {
      guard let text = element.text else {
        throw WebError.badBody("\(name)@odata.bind takes texts")
      }
      let (table, row) = try await reference(text)
      bound.append(try RowAssociation.edit(collection, from: model, own, to: table, row))
    }
  }

  private func reference(_ text: String) async throws -> (table: String, RowName) {
    try await RowReference.read(text, root: root, references: references, catalog: catalog)
  }

  // MARK: Rows within rows

  private mutating func nest(
    _ value: JSONValue,
    at link: TableModel.Link,
    depth: Int
  ) async throws {
    guard value.kind == .object else {
      values.append(RowEdit.Value(link.column, .text("")))
      return
    }
    let target = try await catalog.model(of: link.target)
    let inner = try await self.inner(value, of: target, depth: depth)
    before += inner.before + [try inner.creation()]
    // What belongs to it has to wait for it alone.
    before += inner.after + inner.bound
    guard let id = inner.id else { return }
    values.append(RowEdit.Value(link.column, .row(of: target.name, .id(id))))
  }

  private mutating func nest(
    _ value: JSONValue,
    at collection: TableModel.Collection,
    depth: Int
  ) async throws {
    guard let id else { throw WebError(missing: "rows within a row that is there") }
    let (_, table, _) = QueryBuilder.ends(of: collection)
    let target = try await catalog.model(of: table)
    for element in value.elements {
      var inner = try await self.inner(element, of: target, depth: depth)
      try inner.belong(to: collection, of: model, .id(id))
      after += inner.before + [try inner.creation()] + inner.after + inner.bound
    }
  }

  /// Makes it one of the rows that another has in a collection.
  ///
  /// - Throws: `WebError` for one without an id.
  mutating func belong(
    to collection: TableModel.Collection,
    of owner: TableModel,
    _ name: RowName
  ) throws {
    switch collection {
    case .referring(let link):
      values.append(RowEdit.Value(link.column, .row(of: owner.name, name)))
    case .paired:
      guard let id else { throw WebError.badBody("a new row needs an id") }
      bound.append(
        try RowAssociation.edit(collection, from: owner, name, to: model.name, .id(id))
      )
    }
  }

  private func inner(
    _ value: JSONValue,
    of target: TableModel,
    depth: Int
  ) async throws -> RowBody {
    try await RowBody(
      value,
      of: target,
      as: GUID(newID()),
      catalog: catalog,
      root: root,
      references: references,
      newID: newID,
      depth: depth + 1
    )
  }

  /// The edit that makes the row.
  func creation() throws -> RowEdit {
    guard let id else { throw WebError.badBody("a new row needs an id") }
    return RowEdit(model.name, .create(id, values))
  }
}

/// Pairs and lookups that are set from the other end.
enum RowAssociation {
  static func edit(
    _ collection: TableModel.Collection,
    from model: TableModel,
    _ row: RowName,
    to table: String,
    _ other: RowName,
    isRemoving: Bool = false
  ) throws -> RowEdit {
    switch collection {
    case .referring(let link):
      guard link.table == table else {
        throw WebError.badBody("\(link.collection) holds rows of \(link.table), not of \(table)")
      }
      let content: RowEdit.Value.Content = isRemoving ? .text("") : .row(of: model.name, row)
      return RowEdit(link.table, .change(other, [RowEdit.Value(link.column, content)], .required))
    case .paired(let pair, let own, let end):
      guard end.table == table else {
        throw WebError.badBody("\(pair.name) holds rows of \(end.table), not of \(table)")
      }
      let values = [
        RowEdit.Value(own.column, .row(of: model.name, row)),
        RowEdit.Value(end.column, .row(of: table, other)),
      ]
      return RowEdit(pair.intersect, isRemoving ? .unpair(values) : .pair(values))
    }
  }
}

/// `/accounts(…)`, an address, `$1`.
enum RowReference {
  static func read(
    _ text: String,
    root: String,
    references: [String: String],
    catalog: Catalog
  ) async throws -> (table: String, RowName) {
    var rest = Substring(text)
    if text.hasPrefix("$") {
      guard let known = references[String(text.dropFirst())] else {
        throw WebError(
          400,
          "",
          "Content-ID Reference: '\(text.shown(80))' does not exist in the batch context."
        )
      }
      rest = Substring(known)
    }
    if let start = rest.range(of: "/api/data/v9.")?.upperBound {
      rest = rest[start...].drop { $0 != "/" }
    }
    let path = try ResourcePath(QueryString.decoded(rest))
    guard path.segments.count == 1, let segment = path.segments.first,
      let model = try await catalog.model(ofSet: segment.name)
    else { throw WebError.badBody("“\(text.shown(200))” is no address of a row") }
    return (model.name, try RowReference.name(segment.arguments, of: model))
  }

  /// A key in brackets: an id, or values of an alternate key.
  static func name(
    _ arguments: ResourcePath.Arguments,
    of model: TableModel,
    aliases: [String: String] = [:]
  ) throws -> RowName {
    func literal(_ expression: Expression) throws -> Literal {
      switch expression {
      case .literal(let literal): return literal
      case .alias(let name):
        guard let text = aliases[name] else {
          throw WebError.badQuery("@\(name.shown(80)) stands for nothing")
        }
        return try literal(try Expression(text, part: "@\(name)"))
      default: throw WebError.badQuery("a key is a value")
      }
    }
    switch arguments {
    case .single(let value):
      guard let text = try literal(value).plain, let id = GUID(text) else {
        throw WebError.badQuery("the key of \(model.head.setName) is no GUID")
      }
      return .id(id)
    case .named(let named) where !named.isEmpty:
      var values: [(column: String, text: String)] = []
      for part in named {
        guard let column = model.column(onWire: part.name) else {
          throw WebError.noProperty(part.name, on: model.name)
        }
        guard let text = try literal(part.value).plain, !text.isEmpty else {
          throw WebError.badQuery("no row has nothing as its key: \(column.name)")
        }
        values.append((column.name, text))
      }
      if values.count == 1, values[0].column == model.table.primaryKey {
        guard let id = GUID(values[0].text) else {
          throw WebError.badQuery("the key of \(model.head.setName) is no GUID")
        }
        return .id(id)
      }
      return .key(values)
    case .named, .none: throw WebError.badQuery("a key of \(model.head.setName) is expected")
    }
  }
}

extension StringProtocol {
  /// The first place of a text in this one.
  fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
