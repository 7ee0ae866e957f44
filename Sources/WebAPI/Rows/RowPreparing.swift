internal import JSON
internal import OData
internal import Solutions

/// Reads requests that write rows.
struct RowPreparing {
  let api: WebAPI
  let request: WebRequest
  let model: TableModel
  /// What `$1` stands for.
  let references: [String: String]

  private var set: String { model.head.setName }

  func document() throws -> JSONValue {
    guard !request.body.isEmpty else { throw WebError.badBody("the body is empty") }
    return try JSONDocument(request.body, limits: .standard).root
  }

  private func body(
    _ value: JSONValue,
    as id: GUID?,
    row: RowName? = nil
  ) async throws -> RowBody {
    try await RowBody(
      value,
      of: model,
      as: id,
      row: row,
      catalog: api.catalog,
      root: request.root,
      references: references,
      newID: api.newID
    )
  }

  private func title(_ what: String, _ count: Int = 1) -> String {
    "Web API: \(count == 1 ? "1 row" : "\(count) rows") of \(model.name) \(what)"
  }

  private func address(_ id: GUID) -> String { "\(request.root)\(set)(\(id))" }

  // MARK: One row

  /// Another row, and which of its collections is meant.
  private typealias Owner = (collection: TableModel.Collection, model: TableModel, name: RowName)

  func create() async throws -> RowWrite { try await create(for: nil) }

  /// A row that is made as one of those that another has in a collection.
  func create(in collection: TableModel.Collection, of name: RowName) async throws -> RowWrite {
    let (_, table, _) = QueryBuilder.ends(of: collection)
    guard ToldTables.model(table) == nil else {
      throw WebError(missing: "making rows of \(table) by way of another row")
    }
    let preparing = RowPreparing(
      api: api,
      request: request,
      model: try await api.catalog.model(of: table),
      references: references
    )
    return try await preparing.create(for: (collection, model, name))
  }

  private func create(for owner: Owner?) async throws -> RowWrite {
    var body = try await body(try document(), as: GUID(api.newID()))
    if let owner { try body.belong(to: owner.collection, of: owner.model, owner.name) }
    let edits = body.before + [try body.creation()] + body.after + body.bound
    guard let id = body.id else { throw WebError.badBody("a new row needs an id") }
    try await requireShowable()
    return RowWrite(
      RowEdits(title("created", 1), edits),
      reference: "\(set)(\(id))"
    ) { _ in
      let headers = [("OData-EntityId", address(id)), ("Location", address(id))]
      guard Preferences(request.headers["Prefer"]).returnsRow else {
        return WebResponse(204, headers)
      }
      return try await shown(id, status: 201)?.adding(headers) ?? WebResponse(204, headers)
    }
  }

  /// `PATCH`: an upsert, unless conditions say otherwise (WA-412).
  func change(_ name: RowName) async throws -> RowWrite {
    let (presence, expected) = try conditions()
    let id: GUID? = if case .id(let id) = name { id } else { nil }
    let body = try await body(try document(), as: id, row: name)
    guard body.before.isEmpty, body.after.isEmpty else {
      throw WebError(missing: "rows within a row that is changed")
    }
    let edit = RowEdit(model.name, .change(name, body.values, presence), expecting: expected)
    try await requireShowable()
    return RowWrite(
      RowEdits(title("changed"), [edit] + body.bound),
      reference: id.map { "\(set)(\($0))" }
    ) { done in
      guard let done = done.first else { return .nothing }
      let headers = [("OData-EntityId", address(done.id))]
      guard Preferences(request.headers["Prefer"]).returnsRow else {
        return WebResponse(204, headers)
      }
      let row = try await shown(done.id, status: done.isNew ? 201 : 200)
      return row?.adding(headers) ?? WebResponse(204, headers)
    }
  }

  func delete(_ name: RowName) throws -> RowWrite {
    let (_, expected) = try conditions()
    return RowWrite(
      RowEdits(title("deleted"), [RowEdit(model.name, .delete(name), expecting: expected)]),
      right: .destroy
    ) { _ in .nothing }
  }

  private func requireShowable() async throws {
    guard Preferences(request.headers["Prefer"]).returnsRow else { return }
    try await RowReading(api, request, session: try await api.session()).requireShowable(model)
  }

  /// - Returns: nil where the user may write the row and not read it: it is written by now.
  private func shown(_ id: GUID, status: Int) async throws -> WebResponse? {
    let session = try await api.session()
    let reading = try RowReading(api, request, session: session)
    let row: WebResponse
    do {
      row = try await reading.row(of: model, id)
    } catch let error as WebError where error.status == 403 {
      return nil
    }
    return WebResponse(status, row.headers.fields.map { ($0.name, $0.value) }, body: row.body)
  }

  /// `If-Match` and `If-None-Match`; the word `null` asks for nothing.
  private func conditions() throws -> (RowEdit.Presence, Int?) {
    if request.headers["If-None-Match"] == "*" { return (.forbidden, nil) }
    guard let match = request.headers["If-Match"], match != "null" else { return (.either, nil) }
    guard match != "*" else { return (.required, nil) }
    var text = Substring(match)
    if text.hasPrefix("W/") { text = text.dropFirst(2) }
    guard let version = Int(text.filter { $0 != "\"" }) else {
      throw WebError(412, "0x80060882", "If-Match is no version of a row")
    }
    return (.required, version)
  }

  // MARK: One value

  func set(_ column: Column, of name: RowName) async throws -> RowWrite {
    try requireOwn(column)
    guard !column.isLookup else {
      throw WebError.badBody(
        "\(column.name) is a lookup: set it by its navigation property and $ref"
      )
    }
    guard let value = try document().member("value") else {
      throw WebError.badBody("the body has no value")
    }
    let text = try column.text(of: value, in: model.name)
    return try changing(name, RowEdit.Value(column.name, .text(text)))
  }

  func clear(_ column: Column, of name: RowName) throws -> RowWrite {
    try requireOwn(column)
    return try changing(name, RowEdit.Value(column.name, .text("")))
  }

  /// What the platform writes itself is written by nobody else.
  private func requireOwn(_ column: Column) throws(WebError) {
    guard column.name != model.table.primaryKey, !RowBody.ignored.contains(column.name) else {
      throw WebError.badBody("\(column.name) is written by the platform alone")
    }
  }

  private func changing(_ name: RowName, _ value: RowEdit.Value) throws -> RowWrite {
    try changing(name, [value])
  }

  /// Of a row that is there, in the version that is expected where one is.
  func changing(_ name: RowName, _ values: [RowEdit.Value]) throws -> RowWrite {
    let (_, expected) = try conditions()
    let edit = RowEdit(model.name, .change(name, values, .required), expecting: expected)
    return RowWrite(RowEdits(title("changed"), [edit])) { _ in .nothing }
  }

  // MARK: References

  private func reference() async throws -> (table: String, RowName) {
    let text: String
    if let stated = QueryString.pairs(request.query).first(where: { $0.name == "$id" }) {
      text = stated.value
    } else {
      guard let stated = try document()["@odata.id"]?.text else {
        throw WebError.badBody("the body has no @odata.id")
      }
      text = stated
    }
    return try await RowReference.read(
      text,
      root: request.root,
      references: references,
      catalog: api.catalog
    )
  }

  func lead(_ link: TableModel.Link, of name: RowName) async throws -> RowWrite {
    let (table, row) = try await reference()
    try link.require(table, as: link.property)
    return try changing(name, RowEdit.Value(link.column, .row(of: table, row)))
  }

  func leadNowhere(_ link: TableModel.Link, of name: RowName) throws -> RowWrite {
    try changing(name, RowEdit.Value(link.column, .text("")))
  }

  func associate(_ collection: TableModel.Collection, _ name: RowName) async throws -> RowWrite {
    let (table, row) = try await reference()
    let edit = try RowAssociation.edit(collection, from: model, name, to: table, row)
    var edits = [edit]
    for (end, name) in [(model.name, name), (table, row)] where end == RoleRows.table {
      edits.insert(try await RoleRows.edit(name, api), at: 0)
    }
    return RowWrite(RowEdits(title("associated"), edits)) { _ in .nothing }
  }

  /// - Parameter key: of the other row in the path; nothing where it stands behind `$id`.
  func disassociate(
    _ collection: TableModel.Collection,
    _ name: RowName,
    key: ResourcePath.Arguments
  ) async throws -> RowWrite {
    let other: (table: String, RowName)
    if case .none = key {
      other = try await reference()
    } else {
      let (_, table, _) = QueryBuilder.ends(of: collection)
      let target = try await api.catalog.model(of: table)
      other = (table, try RowReference.name(key, of: target))
    }
    let edit = try RowAssociation.edit(
      collection,
      from: model,
      name,
      to: other.table,
      other.1,
      isRemoving: true
    )
    return RowWrite(RowEdits(title("disassociated"), [edit])) { _ in .nothing }
  }

  // MARK: Several rows

  /// `CreateMultiple`, `UpdateMultiple`, `UpsertMultiple`, `DeleteMultiple`: all or nothing (WA-420).
  func several(_ action: String) async throws -> RowWrite {
    let message = try document()
    guard let targets = message["Targets"], targets.kind == .array else {
      throw WebError.badBody("\(action) takes Targets")
    }
    if let other = message.members.first(where: { $0.key != "Targets" && !$0.key.contains("@") }) {
      throw WebError.badBody("\(action) takes Targets, and no \(other.key.shown(80))")
    }
    if action == "DeleteMultiple" { return try await delete(targets) }
    var edits: [RowEdit] = []
    var main: [Int] = []
    for target in targets.elements {
      let isNew = action == "CreateMultiple"
      let body = try await body(target, as: isNew ? GUID(api.newID()) : nil)
      edits += body.before
      main.append(edits.count)
      if isNew {
        edits.append(try body.creation())
      } else {
        edits.append(try await change(target, body, isUpsert: action == "UpsertMultiple"))
      }
      edits += body.after + body.bound
    }
    guard !main.isEmpty else { throw WebError.badBody("\(action) takes at least one row") }
    let what = action == "CreateMultiple" ? "created" : "changed"
    return RowWrite(RowEdits(title(what, main.count), edits)) { [main] done in
      try severalDone(action, main.map { done[$0] })
    }
  }

  private func delete(_ targets: JSONValue) async throws -> RowWrite {
    var edits: [RowEdit] = []
    var seen: Set<GUID> = []
    for target in targets.elements {
      try RowBody.requireType(of: target, model)
      if let id = target.member(model.table.primaryKey)?.text.flatMap({ GUID($0) }) {
        guard seen.insert(id).inserted else {
          throw WebError.badBody("the row \(id) stands twice among Targets")
        }
        edits.append(RowEdit(model.name, .delete(.id(id))))
      } else {
        edits.append(RowEdit(model.name, .delete(try await name(of: target))))
      }
    }
    guard !edits.isEmpty else { throw WebError.badBody("DeleteMultiple takes at least one row") }
    return RowWrite(RowEdits(title("deleted", edits.count), edits), right: .destroy) { _ in
      .nothing
    }
  }

  private func change(
    _ target: JSONValue,
    _ body: RowBody,
    isUpsert: Bool
  ) async throws -> RowEdit {
    let presence: RowEdit.Presence = isUpsert ? .either : .required
    if let id = body.id {
      return RowEdit(model.name, .change(.id(id), body.values, presence))
    }
    return RowEdit(model.name, .change(try await name(of: target), body.values, presence))
  }

  /// By `@odata.id`.
  private func name(of target: JSONValue) async throws -> RowName {
    guard let text = target["@odata.id"]?.text else {
      throw WebError.badBody("a row of Targets says neither its id nor @odata.id")
    }
    let (table, name) = try await RowReference.read(
      text,
      root: request.root,
      references: references,
      catalog: api.catalog
    )
    guard table == model.name else { throw WebError.badBody("“\(text.shown(200))” is of \(table)") }
    return name
  }

  private func severalDone(_ action: String, _ done: [RowEdited]) throws -> WebResponse {
    var json = JSONWriter()
    switch action {
    case "CreateMultiple":
      json.object {
        $0.member(
          "@odata.context",
          "\(request.root)$metadata#Microsoft.Dynamics.CRM.\(action)Response"
        )
        $0.member("Ids") { $0.list { for one in done { $0.string(one.id.description) } } }
      }
      return .json(json)
    case "UpsertMultiple":
      json.object {
        $0.member(
          "@odata.context",
          "\(request.root)$metadata#Microsoft.Dynamics.CRM.\(action)Response"
        )
        $0.member("Results") {
          $0.list {
            for one in done {
              $0.object {
                $0.member("RecordCreated", one.isNew)
                $0.member("Target") { $0.object { $0.member("@odata.id", address(one.id)) } }
              }
            }
          }
        }
      }
      return .json(json)
    default: return .nothing
    }
  }
}
