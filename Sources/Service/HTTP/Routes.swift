internal import Contract
internal import Faces
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore
internal import Solutions

/// Which address is answered by what.
struct Routes {
  let site: Site
  let configuration: Service.Configuration
  let metrics: Metrics

  static let api = "/api/strata/v1"

  func add(to router: Router<ServiceContext>) {
    for endpoint in Endpoint.all {
      router.on(RouterPath(path(Self.api + endpoint.path)), method: endpoint.method) {
        request,
        context in
        let call = try self.call(request, context)
        try call.require(endpoint.role)
        if endpoint.method != .get { try call.requireOwnScript() }
        return try self.response(try await Elsewhere.run { try await endpoint.respond(call) })
      }
    }
    addWebAPI(to: router)
    router.get(RouterPath("\(site.base)\(Self.api)/openapi.json")) { _, _ in
      Answering.json(try OpenAPI.document(at: site.base + Self.api))
    }
    for page in Page.all {
      router.on(RouterPath(path(page.path)), method: page.method) { request, context in
        let call = try self.call(request, context)
        try call.require(page.role)
        switch try await Elsewhere.run({ try await page.respond(call) }) {
        case .page(let text): return Answering.html(text)
        case .part(let text, let count):
          var response = Answering.html(text)
          if let count { response.headers[.count] = "\(count)" }
          return response
        case .download(let scratch, let name, let type):
          return Answering.stored(scratch, name: name, type: type)
        case .elsewhere(let place): return .redirect(to: place, type: .found)
        }
      }
    }
  }

  /// What belongs to no environment.
  static func addCommon(to router: Router<ServiceContext>, _ metrics: Metrics) {
    router.get("/health") { _, _ in Answering.text("ok\n", type: "text/plain; charset=utf-8") }
    router.get("/metrics") { _, _ in
      Answering.text(metrics.text, type: "text/plain; version=0.0.4; charset=utf-8")
    }
    for asset in Asset.all {
      router.get(RouterPath("/assets/\(asset.name)")) { _, _ in
        Answering.text(
          asset.text,
          type: asset.type,
          headers: [.cacheControl: "public, max-age=31536000, immutable"]
        )
      }
    }
  }

  /// Of the router, in its spelling.
  private func path(_ path: String) -> String {
    site.base
      + path.split(separator: "/", omittingEmptySubsequences: false).map { part in
        part.hasPrefix("{") ? ":\(part.dropFirst().dropLast())" : String(part)
      }.joined(separator: "/")
  }

  func call(_ request: Request, _ context: ServiceContext) throws -> Call {
    guard let asker = context.caller else { throw Failure(.notSignedIn, "nobody asks", status: 4) }
    return Call(
      site: site,
      request: request,
      context: context,
      asker: asker,
      limits: configuration.limits,
      metrics: metrics
    )
  }

  private func response(_ answer: Endpoint.Answer) throws -> Response {
    switch answer {
    case .document(let text, let status, let location):
      return Answering.json(text, status: status, location: location)
    case .file(let bytes, let name, let type):
      return Response(
        status: .ok,
        headers: [
          .contentType: type, .contentDisposition: "attachment; filename=\"\(name)\"",
        ],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
      )
    case .stored(let scratch, let name, let type):
      return Answering.stored(scratch, name: name, type: type)
    case .events(let jobs):
      return try Answering.events(jobs, metrics: metrics, limits: configuration.limits)
    }
  }
}
