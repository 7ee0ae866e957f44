internal import JSON
internal import Solutions

/// Makes and changes components as clients ask: what they say becomes a readable file, that a plan, and the plan a job.
struct Makings: Sendable {
  let api: WebAPI
  let request: WebRequest
  /// The unmanaged solution that lists what is made and changed.
  let solution: String
  private let desk: any SolutionDesk

  /// - Parameter stated: the solution that a body or a query names; otherwise the header does.
  /// - Throws: `WebError` where whoever asks may not, or no such solution is there.
  init(
    _ api: WebAPI,
    _ request: WebRequest,
    in stated: String? = nil,
    right: WebRequest.Right = .write
  ) async throws {
    try request.require(right)
    (self.api, self.request) = (api, request)
    desk = try request.requireDesk()
    let wanted = stated ?? request.headers["MSCRM.SolutionUniqueName"]
    guard let wanted, !wanted.isEmpty,
      wanted.lowercased() != ChoiceBodies.noSolution.lowercased()
    else {
      solution = ChoiceBodies.noSolution
      return
    }
    let found = try await api.installed(wanted).solution
    guard !found.isManaged else {
      throw WebError(400, "0x8004f024", "\(found.name) is managed: nothing is made in it")
    }
    solution = found.name.text
  }

  var choices: ChoiceBodies { ChoiceBodies(api: api, solution: solution) }

  /// - Parameter message: what the platform calls this.
  func perform(_ description: Description, as message: String) async throws {
    try await perform(.customizing(description.text(in: solution)), as: message)
  }

  func perform(_ making: SolutionOrder.Making, as message: String) async throws {
    let job = try await desk.begin(
      SolutionOrder(.making(making), message: message),
      id: nil,
      by: request
    )
    try Operation.requireDone(try await desk.ended(job.id))
  }

  /// What is there is changed by `PUT`.
  func requireNew(table: String) async throws {
    guard try await api.catalog.find(table.lowercased()) == nil else {
      throw WebError(400, "0x8004810c", "a table \(table.shown(100)) already exists")
    }
  }

  /// An address leads to the rows of one table.
  func requireFree(set: String, of table: String) async throws {
    let isSound =
      set.utf8.allSatisfy {
        (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x5F
      } && !(0x30...0x39).contains(set.utf8.first ?? 0x30)
    guard isSound else {
      throw WebError.badBody("“\(set.shown(100))” is no name of an entity set")
    }
    let owner = try await api.catalog.heads().first {
      $0.setName.lowercased() == set.lowercased() && $0.name != table.lowercased()
    }
    guard owner == nil, SystemSets.named(set) == nil else {
      let whose = owner.map { "that of \($0.name)" } ?? "one of the platform's"
      throw WebError(400, "0x80060888", "the entity set \(set.shown(100)) is \(whose) already")
    }
  }

  /// The same of a choice.
  func requireNew(choice: String) async throws {
    guard try await !choices.has(choice) else {
      throw WebError(400, "0x80047010", "a choice \(choice.shown(100)) already exists")
    }
  }

  /// LC-103: a name begins with letters or digits, a letter first, and an underscore.
  static func requirePrefix(_ name: String) throws {
    let parts = name.split(separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty, Publisher.isValid(prefix: parts[0].lowercased())
    else {
      throw WebError(
        400,
        "0x80044366",
        "\(name.shown(100)) begins with no prefix of a publisher, as new_ is"
      )
    }
  }

  // MARK: Answers

  /// What was made, by the address that repeats the key that the client used (WA-123).
  func made(_ path: String, _ id: GUID) async throws -> WebResponse {
    let address = "\(path)(\(id))"
    let headers = [("OData-EntityId", "\(request.root)\(address)")]
    guard Preferences(request.headers["Prefer"]).returnsRow else {
      return WebResponse(204, headers)
    }
    let asked = request.with(
      method: "GET",
      path: address,
      query: request.query,
      headers: WebHeaders(),
      body: []
    )
    let row = await api.respond(asked)
    guard row.status == 200 else { return WebResponse(204, headers) }
    return WebResponse(201, row.headers.fields.map { ($0.name, $0.value) }, body: row.body)
      .adding(headers)
  }
}
