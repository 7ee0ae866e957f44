internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import Solutions

/// One line for each request, with its id, and the headers that every answer has.
struct RequestLog: RouterMiddleware {
  let metrics: Metrics

  @concurrent func handle(
    _ request: Request,
    context: ServiceContext,
    next: @concurrent (Request, ServiceContext) async throws -> Response
  ) async throws -> Response {
    let clock = ContinuousClock()
    let start = clock.now
    var response = try await next(request, context)
    let (seconds, attoseconds) = start.duration(to: clock.now).components
    let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    let status = response.status.code
    metrics.answered(status, milliseconds: milliseconds)
    response.headers[.requestID] = context.id
    context.logger.info(
      "\(request.method.rawValue) \(request.uri.path.visible)",
      metadata: [
        "status": "\(status)", "ms": "\(milliseconds)", "from": "\(context.address ?? "-")",
      ]
    )
    return response
  }
}
