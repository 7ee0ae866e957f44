internal import JSON
internal import Lifecycle
internal import OData
internal import Solutions

extension ComponentSet {
  /// Security roles, which are made and deleted like tables; privileges come with packages and readable files.
  static let roles: ComponentSet = {
    var roles = ComponentSet("roles", type: RoleRows.table, of: .role) { row in
      [("name", row.name), ("_parentrootroleid_value", .guid(row.guid))]
    }
    roles.completion = { records, api in
      let administrator = Record(
        always: [("roleid", .guid(WebAPI.administrator))],
        [
          ("name", .text(RoleRows.administrator)), ("ismanaged", .boolean(true)),
          ("componentstate", .integer(0)),
        ] + ComponentRow.managedByPlatform
      )
      // Roles are those of the whole organization.
      let unit = Cell.guid(try await api.known.find(in: api.catalog).unit)
      return ([administrator] + records).map { record in
        var record = record
        record.cells.append((name: "_businessunitid_value", cell: unit))
        return record
      }
    }
    roles.writing = { api, request, path in
      let (first, rest) = (path.segments[0], path.segments.dropFirst())
      guard rest.isEmpty else { return try await RoleRows.pair(api, request, path) }
      switch (request.method, first.arguments == .none) {
      case ("POST", true): return try await RoleRows.create(api, request)
      case ("DELETE", false): return try await RoleRows.delete(api, request, first.arguments)
      case (_, true): throw WebError.wrongMethod(request.method, "a set")
      case (_, false): throw WebError(missing: "changing roles")
      }
    }
    return roles
  }()
}

/// Security roles as rows: they are components, and whoever is given one leads to a row of its id.
enum RoleRows {
  static let table = "role"
  static let administrator = "System Administrator"

  /// - Throws: `WebError`, and what refuses the plan.
  static func create(_ api: WebAPI, _ request: WebRequest) async throws -> WebResponse {
    let makings = try await Makings(api, request)
    let body = try JSONDocument(request.body, limits: .standard).root
    guard let name = body["name"]?.text, !name.isEmpty, name.count <= 100 else {
      throw WebError.badBody("a role has a name of 100 characters at most")
    }
    let known = ["name", "roleid", "businessunitid@odata.bind", "isinherited", "@odata.type"]
    if let other = body.members.first(where: { !known.contains($0.key) }) {
      throw WebError(missing: "\(other.key.shown(80)) of a new role")
    }
    let id = try body["roleid"]?.text.map { text throws(WebError) -> GUID in
      guard let id = GUID(text) else { throw WebError.badBody("roleid is no GUID") }
      return id
    }
    let role = try id ?? api.newGUID()
    guard try await find(role, api) == nil else {
      throw WebError.exists
    }
    var said: [(name: String, value: Described)] = [("id", .text(role.description))]
    if let inherited = body["isinherited"]?.integer {
      said.append(("teamPrivileges", .yes(inherited == 1)))
    }
    try await makings.perform(Description(roles: [(name, .pairs(said))]), as: "CreateRole")
    let address = "\(request.root)roles(\(role))"
    return try await makings.made("roles", role).adding([("Location", address)])
  }

  static func delete(
    _ api: WebAPI,
    _ request: WebRequest,
    _ arguments: ResourcePath.Arguments
  ) async throws -> WebResponse {
    let makings = try await Makings(api, request, right: .destroy)
    guard case .single(.literal(let literal)) = arguments,
      let id = literal.plain.flatMap({ GUID($0) })
    else {
      throw WebError.badQuery("a role is named by its id")
    }
    guard id != WebAPI.administrator else {
      throw WebError(400, "0x80041101", "the role \(administrator) is the platform's: it stays")
    }
    guard try await find(id, api) != nil else { throw WebError.noRow(table, id.description) }
    try await makings.perform(Description(removed: ["Role:\(id)"]), as: "DeleteRole")
    return .nothing
  }

  /// Whom a role is given to, or taken from, by way of the role.
  static func pair(
    _ api: WebAPI,
    _ request: WebRequest,
    _ path: ResourcePath
  ) async throws -> WebResponse {
    let write = try await WebAPI.write(
      RowPreparing(
        api: api,
        request: request,
        model: try await api.catalog.model(of: table),
        references: [:]
      ),
      path,
      path.segments[0]
    )
    try request.requireRows(write.right)
    return try await api.perform([write], of: request)[0]
  }

  /// The row that leads to a role, as it is called now.
  ///
  /// - Throws: `WebError` where there is no such role.
  static func edit(_ name: RowName, _ api: WebAPI) async throws -> RowEdit {
    guard case .id(let id) = name, let title = try await find(id, api) else {
      throw WebError.noRow(table, "\(name)")
    }
    return RowEdit(table, .change(name, [RowEdit.Value("name", .text(title))], .either))
  }

  /// Rows of roles that are there; nil for any other table.
  static func filter(_ model: TableModel, _ catalog: Catalog) async throws -> RowQuery.Filter? {
    guard model.name == table else { return nil }
    let ids = try await catalog.lifecycle.ask(KindQuestion(.role)).ids.compactMap { GUID($0.key) }
    return .isAmong(
      RowQuery.ColumnPath("roleid"),
      ([WebAPI.administrator] + ids).map { .text($0.description) }
    )
  }

  /// What a role is called; nil where there is none.
  private static func find(_ id: GUID, _ api: WebAPI) async throws -> String? {
    guard id != WebAPI.administrator else { return administrator }
    let role = ComponentID(.role, id)
    let state = try await api.ask(PartQuestion(of: [role]))
    return state.stacks[role].map { $0.top.component.displayName ?? $0.top.component.name }
  }
}
