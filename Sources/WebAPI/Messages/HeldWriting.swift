internal import JSON
internal import OData
internal import Solutions

/// Current values of variables and connections behind references, written as rows: each request is a plan and an operation.
struct HeldWriting {
  private let makings: Makings

  private var api: WebAPI { makings.api }
  private var request: WebRequest { makings.request }

  /// - Throws: `WebError` where whoever asks may not.
  init(_ api: WebAPI, _ request: WebRequest) async throws {
    makings = try await Makings(api, request)
  }

  // MARK: Values

  /// Made, changed and deleted like rows: a variable has one value or none.
  func value(_ path: ResourcePath) async throws -> WebResponse {
    let first = path.segments[0]
    guard path.segments.count == 1 else { throw WebError(missing: "writing a part of a value") }
    let variables = try await Held.all(.environmentVariableDefinition, api)
    switch (request.method, first.arguments == .none) {
    case ("POST", true): return try await create(among: variables)
    case ("PATCH", false), ("DELETE", false):
      let variable = try find(first.arguments, among: variables)
      guard let record = variable.variableValue else {
        throw WebError.noRow("environmentvariablevalue", variable.valueID.description)
      }
      try request.requireMatch(record.etag)
      if request.method == "DELETE" {
        try await give(nil, to: variable)
      } else if let stated = try members(["value"])["value"] {
        try await give(stated.text, to: variable)
      }
      return .nothing
    case (_, true): throw WebError.wrongMethod(request.method, "a set")
    case (_, false): throw WebError.wrongMethod(request.method, "a row")
    }
  }

  private func create(among variables: [Held]) async throws -> WebResponse {
    let bind = "EnvironmentVariableDefinitionId@odata.bind"
    let body = try members(["value", "schemaname", bind])
    guard let address = body[bind]?.text, let variable = named(address, among: variables) else {
      throw WebError.badBody("\(bind) names no environment variable")
    }
    guard variable.setting == nil else { throw WebError.exists }
    guard let value = body["value"]?.text else { throw WebError.badBody("the body has no value") }
    try await give(value, to: variable)
    return try await makings.made("environmentvariablevalues", variable.valueID)
  }

  /// `/environmentvariabledefinitions(…)`, by id or by schema name.
  private func named(_ address: String, among variables: [Held]) -> Held? {
    guard let open = address.lastIndex(of: "("), address.last == ")",
      address[..<open].hasSuffix("environmentvariabledefinitions")
    else { return nil }
    let key = address[address.index(after: open)...].dropLast()
    if let id = GUID(String(key)) { return variables.first { $0.guid == id } }
    let parts = key.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, parts[0] == "schemaname" else { return nil }
    let name = parts[1].filter { $0 != "'" }.lowercased()
    return variables.first { $0.component.id.key == name }
  }

  private func find(
    _ arguments: ResourcePath.Arguments,
    among variables: [Held]
  ) throws -> Held {
    guard case .single(.literal(let literal)) = arguments,
      let id = literal.plain.flatMap({ GUID($0) })
    else { throw WebError.badQuery("a value is named by its id") }
    guard let found = variables.first(where: { $0.valueID == id }) else {
      throw WebError.noRow("environmentvariablevalue", id.description)
    }
    return found
  }

  private func give(_ value: String?, to variable: Held) async throws {
    let given =
      value.map {
        GivenSettings(DeploymentSettings(values: [variable.component.name: $0]))
      } ?? GivenSettings(DeploymentSettings(), taken: [variable.component.id])
    try await makings.perform(.giving(given), as: "Update")
  }

  // MARK: Connections

  /// A reference is a component, and the connection behind it the environment's.
  func connection(_ path: ResourcePath) async throws -> WebResponse {
    guard request.method == "PATCH", path.segments.count == 1,
      path.segments[0].arguments != .none
    else { throw WebError(missing: "\(request.method.shown(20)) on connectionreferences") }
    let references = try await Held.all(.connectionReference, api)
    let answer = try RecordAnswer("connectionreferences", type: "connectionreference", request)
    let (found, name) = try answer.find(
      path.segments[0].arguments,
      among: references.map(\.connectionReference),
      key: "connectionreferenceid"
    )
    guard let found, let id = found.id("connectionreferenceid"),
      let reference = references.first(where: { $0.guid == id })
    else { throw WebError.noRow("connectionreference", name) }
    try request.requireMatch(found.etag)
    let body = try members(["connectionid"])
    guard let stated = body["connectionid"] else { return .nothing }
    let given =
      stated.text.map {
        GivenSettings(DeploymentSettings(connections: [reference.component.name: $0]))
      } ?? GivenSettings(DeploymentSettings(), taken: [reference.component.id])
    try await makings.perform(.giving(given), as: "Update")
    return .nothing
  }

  // MARK: Bodies

  /// Members of the body; what else is said is refused and not dropped.
  private func members(_ known: [String]) throws -> JSONValue {
    let body = try JSONDocument(request.body, limits: .standard).root
    // A row is active, and here for good.
    let usual = ["statecode": 0, "statuscode": 1]
    let other = body.members.first { member in
      !known.contains(member.key) && member.key != "@odata.type"
        && usual[member.key].map { $0 != member.value.integer } ?? true
    }
    if let other {
      throw WebError(missing: "\(other.key.shown(80)) of a row of this table")
    }
    for name in known where body[name].map({ $0.kind != .null && $0.text == nil }) ?? false {
      throw WebError.badBody("\(name) is a text")
    }
    return body
  }
}
