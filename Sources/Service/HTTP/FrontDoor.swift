internal import Hummingbird
internal import HummingbirdCore

/// Leads what reads over the Web API, which is asked most often, to where it is answered; everything else finds its way by
/// the router, through the same log and the same gate.
struct FrontDoor: HTTPResponder {
  let log: RequestLog
  let gate: Gate
  /// By what addresses begin with.
  let web: [(prefix: String, routes: Routes)]
  let rest: RouterResponder<ServiceContext>

  @concurrent func respond(to request: Request, context: ServiceContext) async throws -> Response {
    let path = request.uri.path
    guard request.method == .get,
      let routes = web.first(where: { path.hasPrefix($0.prefix) })?.routes
    else { return try await rest.respond(to: request, context: context) }
    return try await log.handle(request, context: context) { request, context in
      try await gate.handle(request, context: context) { request, context in
        try await routes.answerWebAPI(request, context)
      }
    }
  }
}
