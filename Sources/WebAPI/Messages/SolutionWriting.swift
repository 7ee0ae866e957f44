internal import JSON
internal import Lifecycle
internal import OData
internal import Solutions

/// Solutions and publishers that are made, changed and deleted as rows.
struct SolutionWriting {
  private let makings: Makings
  private let first: ResourcePath.Segment
  private var api: WebAPI { makings.api }
  private var request: WebRequest { makings.request }

  init(_ api: WebAPI, _ request: WebRequest, _ path: ResourcePath) async throws {
    makings = try await Makings(
      api,
      request,
      in: ChoiceBodies.noSolution,
      right: request.method == "DELETE" ? .destroy : .write
    )
    first = path.segments[0]
    guard path.segments.count == 1 else {
      let name = path.segments[1].bareName
      guard !name.hasSuffix("Multiple") else {
        throw WebError(missing: "\(name.shown(80)) of \(first.name)")
      }
      throw WebError.wrongMethod(request.method, path.segments[1].name)
    }
  }

  /// A body that says nothing but these, annotations aside; descriptions are taken and not kept.
  private func body(_ known: Set<String>, of type: String) throws -> MetadataBody {
    let body = try MetadataBody(request)
    noteUnkept(body, of: type)
    for (name, _) in body.members where !known.contains(name) {
      guard name.contains("@"), !name.hasSuffix("@odata.bind") else {
        throw WebError.badBody(
          "The property '\(name.shown(200))' does not exist on type 'Microsoft.Dynamics.CRM.\(type)', or is not written."
        )
      }
    }
    return body
  }

  private func record(
    _ records: [Record],
    _ type: String,
    key: String
  ) throws -> Record {
    let answer = try RecordAnswer(first.name, type: type, request)
    let (found, name) = try answer.find(first.arguments, among: records, key: key)
    guard let found else { throw WebError.noRow(type, name) }
    try request.requireMatch(found.etag)
    return found
  }

  private func made(_ id: GUID) async throws -> WebResponse {
    try await makings.made(first.name, id).adding(
      [("Location", "\(request.root)\(first.name)(\(id))")]
    )
  }

  /// What was there already, or nothing.
  private func changed(_ id: GUID) async throws -> WebResponse {
    let response = try await makings.made(first.name, id)
    let headers = response.headers.fields.map { ($0.name, $0.value) }
    return WebResponse(response.status == 201 ? 200 : 204, headers, body: response.body)
  }

  // MARK: Solutions

  private static let ofSolutions: Set<String> = [
    "uniquename", "friendlyname", "version", "description", "publisherid@odata.bind",
  ]

  func solutions() async throws -> WebResponse {
    guard first.arguments != .none else {
      guard request.method == "POST" else {
        throw WebError.wrongMethod(request.method, "solutions")
      }
      let body = try body(Self.ofSolutions, of: "solution")
      let name = try body.required("uniquename")
      guard SolutionName(name) != nil else {
        throw WebError(400, "0x8004f002", "“\(name.shown(100))” is no unique name of a solution")
      }
      try await makings.perform(
        .makingSolution(
          name,
          publisher: try await publisher(try body.required("publisherid@odata.bind")),
          version: try body.required("version"),
          displayName: try body.required("friendlyname")
        ),
        as: "CreateSolution"
      )
      return try await made(try await api.installed(name).solution.id)
    }
    let record = try record(
      try await SolutionRecords(api).solutions(),
      "solution",
      key: "solutionid"
    )
    guard request.method == "PATCH", case .text(let name)? = record["uniquename"],
      case .guid(let id)? = record["solutionid"]
    else { throw WebError.wrongMethod(request.method, "a solution") }
    return try await change(name, id, record)
  }

  private func change(_ name: String, _ id: GUID, _ record: Record) async throws -> WebResponse {
    let body = try body(Self.ofSolutions, of: "solution")
    guard case .boolean(false)? = record["ismanaged"] else {
      throw WebError(400, "0x8004f024", "\(name) is managed: its row is not changed")
    }
    if let other = try body.text("uniquename"), other.lowercased() != name.lowercased() {
      throw WebError.badBody("the unique name of a solution stays")
    }
    if let bound = try body.text("publisherid@odata.bind") {
      let publisher = PublisherName(try await self.publisher(bound))
      guard case .guid(SolutionRecords.id(of: publisher))? = record["_publisherid_value"] else {
        throw WebError(missing: "another publisher of a solution")
      }
    }
    if let version = try body.text("version"), record["version"].map({ !$0.says(version) }) ?? true
    {
      try await makings.perform(.settingVersion(of: name, version), as: "UpdateSolution")
    }
    if let title = try body.text("friendlyname") {
      try await makings.perform(.renaming(name, displayName: title), as: "UpdateSolution")
    }
    return try await changed(id)
  }

  /// The unique name of the one that an address leads to: `/publishers(…)`.
  private func publisher(_ text: String) async throws -> String {
    guard let start = text.firstRange(of: "publishers(")?.lowerBound,
      let segment = try ResourcePath(QueryString.decoded(String(text[start...]))).segments.first
    else { throw WebError.badBody("“\(text.shown(200))” leads to no publisher") }
    let answer = try RecordAnswer("publishers", type: "publisher", request)
    let records = try await SolutionRecords(api).publishers()
    let (found, name) = try answer.find(segment.arguments, among: records, key: "publisherid")
    guard case .text(let unique)? = found?["uniquename"] else {
      throw WebError.noRow("publisher", name)
    }
    return unique
  }

  // MARK: Publishers

  private static let ofPublishers: Set<String> = [
    "uniquename", "friendlyname", "description", "customizationprefix",
    "customizationoptionvalueprefix", "emailaddress", "supportingwebsiteurl",
  ]

  /// What a row of a solution or a publisher has and nobody keeps here: noted as asked for, and no reason to refuse the rest.
  private func noteUnkept(_ body: MetadataBody, of type: String) {
    for (name, value) in body.members
    where ["description", "emailaddress", "supportingwebsiteurl"].contains(name)
      && value.kind != .null
    { api.unsupported.note("\(name) of a \(type)", by: request) }
  }

  /// LC-101.
  private static func requirePrefix(_ prefix: String) throws {
    guard Publisher.isValid(prefix: prefix.lowercased()) else {
      throw WebError(400, "0x80044366", "“\(prefix.shown(40))” is no prefix of a publisher")
    }
  }

  func publishers() async throws -> WebResponse {
    guard first.arguments != .none else {
      guard request.method == "POST" else {
        throw WebError.wrongMethod(request.method, "publishers")
      }
      let body = try body(Self.ofPublishers, of: "publisher")
      let name = try body.required("uniquename")
      try Self.requirePrefix(try body.required("customizationprefix"))
      try await makings.perform(
        .makingPublisher(
          name,
          prefix: try body.required("customizationprefix"),
          optionValuePrefix: try body.number("customizationoptionvalueprefix").flatMap { Int($0) },
          displayName: try body.text("friendlyname")
        ),
        as: "CreatePublisher"
      )
      return try await made(SolutionRecords.id(of: PublisherName(name)))
    }
    let record = try record(
      try await SolutionRecords(api).publishers(),
      "publisher",
      key: "publisherid"
    )
    guard case .text(let name)? = record["uniquename"], case .guid(let id)? = record["publisherid"]
    else { throw WebError.wrongMethod(request.method, "a publisher") }
    switch request.method {
    case "PATCH":
      let body = try body(Self.ofPublishers, of: "publisher")
      if let other = try body.text("uniquename"), other.lowercased() != name.lowercased() {
        throw WebError.badBody("the unique name of a publisher stays")
      }
      if let prefix = try body.text("customizationprefix") { try Self.requirePrefix(prefix) }
      try await makings.perform(
        .editingPublisher(
          name,
          prefix: try body.text("customizationprefix"),
          optionValuePrefix: try body.number("customizationoptionvalueprefix").flatMap { Int($0) },
          displayName: try body.text("friendlyname")
        ),
        as: "UpdatePublisher"
      )
      return try await changed(id)
    case "DELETE":
      try await makings.perform(.removingPublisher(name), as: "DeletePublisher")
      return .nothing
    default: throw WebError.wrongMethod(request.method, "a publisher")
    }
  }
}

extension Cell {
  fileprivate func says(_ text: String) -> Bool {
    if case .text(let own) = self { own == text } else { false }
  }
}
