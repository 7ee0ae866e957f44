internal import Contract
internal import Faces
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore
internal import Solutions
internal import WebAPI

extension Routes {
  /// The Web API of the platform: one address with whatever lies below it.
  func addWebAPI(to router: Router<ServiceContext>) {
    for method in [HTTPRequest.Method.get, .post, .patch, .put, .delete] {
      router.on(RouterPath("\(site.base)\(WebRoutes.base)/**"), method: method) {
        request,
        context in
        try await answerWebAPI(request, context)
      }
    }
  }

  /// - Throws: `Failure`.
  func answerWebAPI(_ request: Request, _ context: ServiceContext) async throws -> Response {
    let call = try call(request, context)
    if request.method != .get { try call.requireOwnScript() }
    guard let asked = try await WebRoutes.request(call, configuration) else {
      throw Failure(.noSuchPage, "there is no such version of the Web API", status: 4)
    }
    return WebRoutes.response(await site.web.respond(asked))
  }
}

/// Between HTTP and the Web API.
enum WebRoutes {
  static let base = "/api/data"
  /// Clients mix them within one operation (WA-101).
  private static let versions = ["v9.0", "v9.1", "v9.2"]

  /// Whether whoever asks reads errors as the platform writes them.
  static func serves(_ request: Request) -> Bool {
    request.uri.path.contains("\(base)/v") || request.uri.path.hasPrefix("/XRMServices/")
  }

  /// Whether an address is one of the Web API, of the one environment or of one of several, and of nothing else.
  static func holds(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    return [0, 1].contains { place in
      let rest = parts.dropFirst(place)
      return rest.prefix(2).elementsEqual(["api", "data"])
        && rest.dropFirst(2).first.map { versions.contains(String($0)) } ?? false
    }
  }

  /// - Returns: nil for an address of no version that is served.
  static func request(_ call: Call, _ configuration: Service.Configuration) async throws
    -> WebRequest?
  {
    let rest = call.request.uri.path.dropFirst(call.site.base.count + base.count + 1)
    let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let version = parts.first, versions.contains(String(version)) else { return nil }
    let path = parts.count > 1 ? String(parts[1]) : ""
    var body: [UInt8] = []
    let limit =
      bringsPackage(path)
      ? call.limits.stagedPackage / 3 * 4 + 4096
      : isFile(call.request) ? call.limits.file : call.limits.rows
    if call.request.mayHaveBody {
      for try await piece in call.incoming(atMost: limit) { body += piece.readableBytesView }
    }
    return WebRequest(
      method: call.request.method.rawValue,
      path: path,
      query: call.request.uri.query ?? "",
      headers: WebHeaders(
        call.request.headers.map { (name: $0.name.rawName, value: $0.value) }
      ),
      body: body,
      root: "\(origin(call.request, configuration))\(call.site.base)\(base)/\(version)/",
      caller: call.caller(through: .api),
      right: right(call.user.role),
      user: call.user.systemUser,
      desk: Desk(call: call)
    )
  }

  private static func bringsPackage(_ path: String) -> Bool {
    ["StageSolution", "ImportSolution", "StageAndUpgrade"].contains { path.hasPrefix($0) }
  }

  /// Whether the body is a file of a row as it is (WA-430).
  private static func isFile(_ request: Request) -> Bool {
    [.patch, .put].contains(request.method)
      && request.headers[.contentType]?.lowercased().hasPrefix("application/octet-stream") == true
  }

  private static func right(_ role: Role) -> WebRequest.Right {
    switch role {
    case .viewer: .look
    case .planner: .plan
    case .importer: .write
    case .owner: .destroy
    }
  }

  /// What this client calls the service (WA-106).
  ///
  /// A proxy says what it was called; only the answer to the same request
  /// follows from that.
  private static func origin(_ request: Request, _ configuration: Service.Configuration) -> String {
    let stated = request.headers[.forwardedProtocol]?.lowercased()
    let scheme =
      stated == "https" || stated == "http"
      ? stated ?? "http" : configuration.isSecure ? "https" : "http"
    var host = request.head.authority ?? configuration.host
    if let other = request.headers[.forwardedHost]?.lowercased() {
      let parts = other.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let isPort = parts.dropFirst().allSatisfy { UInt16($0) != nil && !$0.hasPrefix("+") }
      if isPort, configuration.hosts.contains(String(parts[0])) { host = other }
    }
    return "\(scheme)://\(host)"
  }

  static func response(_ response: WebResponse) -> Response {
    var fields = HTTPFields()
    for (name, value) in response.headers.fields {
      guard let name = HTTPField.Name(name) else { continue }
      fields.append(HTTPField(name: name, value: value))
    }
    let body: ResponseBody =
      response.body.isEmpty
      ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: response.body))
    return Response(status: HTTPResponse.Status(code: response.status), headers: fields, body: body)
  }

  /// What the gate or the router says, in the form that programs of the platform read.
  static func refusal(_ failure: Failure, _ status: HTTPResponse.Status) -> Response {
    let code = status == .notFound ? "0x8006088a" : ""
    let error = WebError(status.code, code, failure.prose.text)
    let more = [
      ("OData-Version", "4.0"), ("x-ms-service-request-id", UUID().uuidString.lowercased()),
    ]
    return Self.response(error.response.adding(more))
  }
}

extension Request {
  /// Whether something may follow its head.
  fileprivate var mayHaveBody: Bool {
    method != .get && method != .head
      || headers.contains(.contentLength) || headers.contains(.transferEncoding)
  }
}

extension HTTPField.Name {
  private static func own(_ text: String) -> Self {
    guard let name = Self(text) else { preconditionFailure("the name is written here") }
    return name
  }

  fileprivate static let forwardedProtocol = own("X-Forwarded-Proto")
  fileprivate static let forwardedHost = own("X-Forwarded-Host")
}
