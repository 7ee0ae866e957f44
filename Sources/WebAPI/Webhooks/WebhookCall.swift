internal import Lifecycle
internal import Solutions

/// What is to be posted to the address of a step.
package struct WebhookCall: Sendable {
  /// As its package names it.
  package let step: String
  /// As its package has it: nobody has judged it yet.
  package let address: String
  package let headers: [(name: String, value: String)]
  package let body: [UInt8]

  package init(
    step: String,
    address: String,
    headers: [(name: String, value: String)],
    body: [UInt8]
  ) {
    self.step = step
    self.address = address
    self.headers = headers
    self.body = body
  }
}

/// Who posts what became of rows.
package protocol WebhookDesk: Sendable {
  /// Takes it over, or drops it where there is too much; waits for nobody.
  func post(_ call: WebhookCall)
  /// Nothing is posted for what a request has written: which steps are due could not be read.
  func skip(because error: any Error)
}

extension WebAPI {
  /// Hands over what became of rows, for each step that waits for it; what was written stays, whatever comes of this.
  func announce(_ writes: [RowWrite], _ done: [[RowEdited]], of request: WebRequest) async {
    guard let webhooks else { return }
    do {
      let rows = zip(writes, done).flatMap { $0.edits.written($1) }
      guard !rows.isEmpty else { return }
      let steps = try await ask(WebhookStepsQuestion())
      guard steps.contains(where: { step in rows.contains { step.isDue(at: $0.event) } }) else {
        return
      }
      let (session, correlation) = (try await session(), newID())
      for row in rows {
        for step in steps where step.isDue(at: row.event) {
          let context = ExecutionContext(
            row: row,
            step: step.id,
            model: try await catalog.model(of: row.event.table),
            session: session,
            organization: request.host,
            correlation: correlation,
            operation: newID(),
            moment: clock()
          )
          webhooks.post(WebhookCall(context, of: step))
        }
      }
    } catch {
      webhooks.skip(because: error)
    }
  }
}

extension WebhookCall {
  fileprivate init(_ context: ExecutionContext, of step: WebhookStep) {
    var headers = [
      ("Content-Type", "application/json; charset=utf-8"),
      ("x-request-id", context.operation),
      ("x-ms-dynamics-organization", context.organization),
      ("x-ms-dynamics-entity-name", context.row.event.table),
      ("x-ms-dynamics-request-name", context.row.event.message.rawValue),
      ("x-ms-correlation-request-id", context.correlation),
    ]
    var body = context.bytes(isWhole: true)
    if body.count > ExecutionContext.bytesMax {
      body = context.bytes(isWhole: false)
      headers.append(("x-ms-dynamics-msg-size-exceeded", "true"))
    }
    self.init(
      step: step.name,
      address: step.address,
      headers: headers.map { (name: $0.0, value: $0.1) },
      body: body
    )
  }
}

extension WebRequest {
  /// Of the service, as this client calls it.
  fileprivate var host: String {
    let behind = root.firstRange(of: "://").map { root[$0.upperBound...] } ?? root[...]
    return String(behind.prefix { $0 != "/" })
  }
}
