internal import Contract
internal import Faces
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore
internal import SolutionPackages
internal import Solutions

/// How answers go out.
enum Answering {
  static func text(
    _ text: String,
    type: String,
    status: HTTPResponse.Status = .ok,
    headers: HTTPFields = [:]
  ) -> Response {
    var headers = headers
    headers[.contentType] = type
    return Response(
      status: status,
      headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: text))
    )
  }

  static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    Self.text(text, type: "text/html; charset=utf-8", status: status)
  }

  static func json(
    _ text: String,
    status: HTTPResponse.Status = .ok,
    location: String? = nil
  ) -> Response {
    let headers: HTTPFields = location.map { [.location: $0] } ?? [:]
    return Self.text(
      text,
      type: "application/json; charset=utf-8",
      status: status,
      headers: headers
    )
  }

  /// Whether whoever asks reads pages.
  static func wantsPage(_ request: Request) -> Bool {
    !request.uri.path.contains("/api/")
      && (request.headers[.accept]?.contains("text/html") ?? false)
  }

  /// An error as a document, or as a page for whoever reads pages.
  static func failure(_ error: any Error, to request: Request) -> Response {
    let failure = failure(error, request)
    let status = status(of: failure, error)
    if WebRoutes.serves(request) { return WebRoutes.refusal(failure, status) }
    do {
      if wantsPage(request) { return html(try Page.failure(failure), status: status) }
      return json(try ShapeCoder.json(failure.shape), status: status)
    } catch {
      return Response(status: .internalServerError)
    }
  }

  /// What the router throws is no failure of the program.
  private static func failure(_ error: any Error, _ request: Request) -> Failure {
    guard let error = error as? any HTTPResponseError else { return Failure(error) }
    let asked = "\(request.method.rawValue) \(request.uri.path)".shown(200)
    return error.status == .notFound
      ? Failure(.noSuchPage, "there is nothing for \(asked)", status: 4)
      : Failure(.usage, "\(asked) cannot be read", status: Failure.wrongUsage)
  }

  static func status(of failure: Failure, _ error: any Error) -> HTTPResponse.Status {
    if error is PackageError { return .unprocessableContent }
    if let error = error as? any HTTPResponseError { return error.status }
    switch Failure.Code(rawValue: failure.code) {
    case .notSignedIn: return .unauthorized
    case .notAllowed, .notFromHere: return .forbidden
    case .noSuchPackage, .noSuchPlan, .noSuchJob, .noSuchPage, .noSuchOperation, .noSuchTrash,
      .noSuchComponent, .noSuchProperty, .noSuchTopic, .notInstalled, .draftOnly, .notKept:
      return .notFound
    case .tooMuch: return .contentTooLarge
    case .tooMany: return .tooManyRequests
    case .tooSlow: return .requestTimeout
    case .usage, .badQuery, .badRows, .ambiguousComponent, .badState, .unsupported:
      return .badRequest
    case .cancelled: return .serviceUnavailable
    case .refused, .stalePlan, .consentMissing, .rowsHeld, .busy: return .conflict
    // Refusals of plans have the codes of their findings.
    default: return failure.status == 3 || failure.status == 4 ? .conflict : .internalServerError
    }
  }

  /// What lies on disk, in pieces.
  static func stored(_ scratch: Workroom.Scratch, name: String, type: String) -> Response {
    let size = scratch.size
    let body = ResponseBody(contentLength: size) { writer in
      var place = 0
      while place < size {
        let from = place
        let piece = try await Aside.run { try scratch.read(at: from, 1 << 18) }
        guard !piece.isEmpty else { break }
        try await writer.write(ByteBuffer(bytes: piece))
        place += piece.count
      }
      try await writer.finish(nil)
    }
    return Response(
      status: .ok,
      headers: [.contentType: type, .contentDisposition: "attachment; filename=\"\(name)\""],
      body: body
    )
  }

  /// A job as server-sent events: its document each time something of it changes.
  static func events(_ jobs: AsyncStream<Job>, metrics: Metrics, limits: Service.Limits) throws
    -> Response
  {
    guard let place = metrics.place(atMost: limits.streams) else {
      throw Failure(.tooMany, "too many streams of events at one time", status: 4)
    }
    let body = ResponseBody { writer in
      for await event in beating(jobs) {
        try await writer.write(ByteBuffer(string: event))
      }
      try await writer.finish(nil)
      withExtendedLifetime(place) {}
    }
    return Response(
      status: .ok,
      headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
      body: body
    )
  }

  /// With a comment every few seconds, so that whoever is gone is noticed.
  private static func beating(_ jobs: AsyncStream<Job>) -> AsyncStream<String> {
    AsyncStream { continuation in
      let task = Task {
        await withTaskGroup(of: Void.self) { group in
          group.addTask {
            for await job in jobs {
              do {
                continuation.yield("event: job\ndata: \(try ShapeCoder.line(Envelope(job)))\n\n")
              } catch {
                continuation.yield("event: failure\ndata: {}\n\n")
              }
            }
          }
          group.addTask {
            while !Task.isCancelled {
              do { try await Task.sleep(for: .seconds(10)) } catch { return }
              continuation.yield(": beat\n\n")
            }
          }
          await group.next()
          group.cancelAll()
        }
        continuation.finish()
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }
}
