internal import JSON
package import Lifecycle
internal import OData
package import Solutions

/// An environment over the protocol of the platform: a request in, an answer out.
package struct WebAPI: Sendable {
  private(set) var catalog: Catalog
  let clock: @Sendable () -> Timestamp
  let newID: @Sendable () -> String
  /// What was asked for and is not there.
  package let unsupported = Unsupported()
  /// Packages that were staged.
  let uploads = Uploads()
  let exports = Exports()
  let files = FileSessions()
  let deletions = BulkDeletions()
  /// Who posts what became of rows; nil where nobody does.
  let webhooks: (any WebhookDesk)?
  let components = KnownComponents()
  let knownRoles = KnownRoles()
  let shapes = KnownShapes()
  private let turns = Turns()
  private let answers = AnswerIDs()
  let known = KnownSession()
  /// The user for whom it answers; nil for the environment's own, who may do everything.
  var actor: Actor?

  /// How long a row waits for its turn while something else is written.
  private static let patience = Duration.seconds(60)

  package init(
    _ lifecycle: Lifecycle,
    clock: @escaping @Sendable () -> Timestamp,
    newID: @escaping @Sendable () -> String,
    webhooks: (any WebhookDesk)? = nil
  ) {
    self.webhooks = webhooks
    catalog = Catalog(lifecycle: lifecycle.waiting(atMost: Self.patience))
    self.clock = clock
    self.newID = newID
  }

  /// Answers whatever comes; what went wrong is an answer, too.
  package func respond(_ request: WebRequest) async -> WebResponse {
    let response: WebResponse
    do {
      let (api, request) = try await acting(for: request)
      response = try await api.answer(request)
    } catch {
      response = refusal(error, of: request)
    }
    return finished(response, of: request)
  }

  /// The error as an answer; what is missing is counted.
  func refusal(_ error: any Error, of request: WebRequest) -> WebResponse {
    let error = WebError(error)
    if let missing = error.missing { unsupported.note(missing, by: request) }
    return error.response
  }

  /// The answer with what all of them say, those within batches, too.
  func finished(_ response: WebResponse, of request: WebRequest) -> WebResponse {
    var more = [("OData-Version", "4.0"), ("x-ms-service-request-id", answers.next(at: clock()))]
    if let id = request.headers["x-ms-client-request-id"] {
      more.append(
        ("x-ms-client-request-id", String(id.filter { $0 > " " && $0 <= "~" }.prefix(100)))
      )
    }
    return response.adding(more)
  }

  private func answer(_ request: WebRequest) async throws -> WebResponse {
    let path = try ResourcePath(QueryString.decoded(request.path))
    if let rows = await remembered(request, path) { return rows }
    // Others may wait for the thread of whoever asks.
    return try await withTaskExecutorPreference(globalConcurrentExecutor) {
      try await answer(request, path)
    }
  }

  private func answer(_ request: WebRequest, _ path: ResourcePath) async throws -> WebResponse {
    if let segment = path.segments.first, segment.name == "$batch", path.segments.count == 1 {
      return try await Batch(self, request).answer()
    }
    if let piece = try await filePiece(request, path) { return piece }
    if let write = try await write(request, path, references: [:]) {
      try request.requireRows(write.right)
      return try await perform([write], of: request)[0]
    }
    return try await read(request, path)
  }

  /// The same from what is known of tables.
  func remembering(_ memory: TableMemory) -> WebAPI {
    var api = self
    api.catalog = catalog.remembering(memory)
    return api
  }

  func ask<Q: Question>(_ question: Q) async throws -> Q.Answer {
    try await catalog.lifecycle.ask(question)
  }

  func session() async throws -> Session {
    if let actor { return actor.session }
    return try await known.find(in: catalog)
  }

  // MARK: Writing

  /// Does all of them in one transaction, or nothing.
  func perform(_ writes: [RowWrite], of request: WebRequest) async throws -> [WebResponse] {
    let done = try await turns.take {
      try await requireAccess(to: writes.flatMap(\.edits.edits))
      let done = try await catalog.lifecycle.edit(
        writes.map(\.edits),
        by: request.caller,
        as: actor?.session.user,
        knowing: catalog.known
      )
      // Within the turn: handed over in the order in which rows were written, also where nobody waits for the answer.
      await announce(writes, done, of: request)
      return done
    }
    var answers: [WebResponse] = []
    for (write, done) in zip(writes, done) { answers.append(try await write.answer(done)) }
    return answers
  }

  /// All rows that a query finds, as one operation.
  func delete(_ query: RowQuery, by caller: Caller) async throws {
    _ = try await turns.take {
      try await catalog.lifecycle.perform(
        .deleting(from: query.table) { _ in query },
        by: caller,
        isAgreed: true
      )
    }
  }

  /// What a request wants to write into rows; nil where it wants something else.
  func write(
    _ request: WebRequest,
    _ path: ResourcePath,
    references: [String: String]
  ) async throws -> RowWrite? {
    guard ["POST", "PATCH", "PUT", "DELETE"].contains(request.method),
      let first = path.segments.first, SystemSets.named(first.name) == nil,
      let model = try await catalog.model(ofSet: first.name)
    else { return nil }
    let preparing = RowPreparing(
      api: self,
      request: request,
      model: model,
      references: references
    )
    return try await Self.write(preparing, path, first)
  }

  static func write(
    _ preparing: RowPreparing,
    _ path: ResourcePath,
    _ first: ResourcePath.Segment
  ) async throws -> RowWrite {
    let (method, model) = (preparing.request.method, preparing.model)
    let rest = Array(path.segments.dropFirst())
    guard first.arguments != .none else {
      guard method == "POST" else { throw WebError.wrongMethod(method, "a set") }
      guard let action = rest.first else { return try await preparing.create() }
      let known = ["CreateMultiple", "UpdateMultiple", "UpsertMultiple", "DeleteMultiple"]
      guard known.contains(action.bareName) else {
        throw WebError.noSegment(action.name)
      }
      return try await preparing.several(action.bareName)
    }
    let aliases = try QueryOptions(query: preparing.request.query).aliases
    let name = try RowReference.name(first.arguments, of: model, aliases: aliases)
    guard let property = rest.first else {
      switch method {
      case "PATCH": return try await preparing.change(name)
      case "DELETE": return try preparing.delete(name)
      default: throw WebError.wrongMethod(method, "a row")
      }
    }
    if let column = model.table.column(property.name.lowercased()), rest.count == 1 {
      if column.isFile { return try preparing.file(column, of: name) }
      switch method {
      case "PUT": return try await preparing.set(column, of: name)
      case "DELETE": return try preparing.clear(column, of: name)
      default: throw WebError.wrongMethod(method, "a value")
      }
    }
    return try await reference(preparing, name, property, rest)
  }

  private static func reference(
    _ preparing: RowPreparing,
    _ name: RowName,
    _ property: ResourcePath.Segment,
    _ rest: [ResourcePath.Segment]
  ) async throws -> RowWrite {
    let (method, model) = (preparing.request.method, preparing.model)
    let isReference = rest.count == 2 && rest[1].name == "$ref"
    if isReference, let link = model.link(written: property.name) {
      switch method {
      case "PUT": return try await preparing.lead(link, of: name)
      case "DELETE": return try preparing.leadNowhere(link, of: name)
      default: throw WebError.wrongMethod(method, "a reference")
      }
    }
    guard let collection = model.collection(property.name) else {
      if property.name.contains(".") {
        throw WebError(missing: "the action \(property.bareName.shown(80))")
      }
      throw WebError.noSegment(property.name)
    }
    guard isReference else {
      guard method == "POST", rest.count == 1, property.arguments == .none else {
        throw WebError(missing: "writing rows by way of \(property.name)")
      }
      return try await preparing.create(in: collection, of: name)
    }
    switch method {
    case "POST" where property.arguments == .none:
      return try await preparing.associate(collection, name)
    case "DELETE":
      return try await preparing.disassociate(collection, name, key: property.arguments)
    default: throw WebError.wrongMethod(method, "references")
    }
  }
}
