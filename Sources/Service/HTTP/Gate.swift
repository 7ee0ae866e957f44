internal import Contract
internal import Faces
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore
internal import Solutions

/// Lets in who may come in, and nobody else; every answer leaves with the headers that keep a browser from obeying others.
struct Gate: RouterMiddleware {
  private let configuration: Service.Configuration
  private let admission: Admission
  private let metrics: Metrics
  private let sessions = Sessions()

  init(_ configuration: Service.Configuration, admission: Admission, metrics: Metrics) {
    self.configuration = configuration
    self.admission = admission
    self.metrics = metrics
  }

  private static let cookie = "strata_session"

  @concurrent func handle(
    _ request: Request,
    context: ServiceContext,
    next: @concurrent (Request, ServiceContext) async throws -> Response
  ) async throws -> Response {
    var response: Response
    var isRead = request.method != .get && request.method != .head
    var isSlow = false
    do {
      guard metrics.begin(atMost: configuration.limits.requests) else {
        throw Failure(.tooMany, "too many requests at one time", remedy: "try again", status: 4)
      }
      defer { metrics.end() }
      response = try await admitted(request, context, next)
    } catch {
      response = Answering.failure(error, to: request)
      if response.status == .unauthorized {
        response.headers[.wwwAuthenticate] = challenge(request, error as? Failure)
      }
      isRead = false
      isSlow = (error as? Failure)?.code == Failure.Code.tooSlow.rawValue
    }
    if isSlow || !isRead && Incoming.isLong(request) {
      response.headers[.connection] = "close"
      context.hangUp()
    }
    harden(&response)
    return response
  }

  private func admitted(
    _ request: Request,
    _ context: ServiceContext,
    _ next: @concurrent (Request, ServiceContext) async throws -> Response
  ) async throws -> Response {
    try requireHost(request)
    let path = request.uri.path
    if path == "/health" || path.hasPrefix("/assets/") { return try await next(request, context) }
    if path == "/sign-in" { return try await signIn(request) }
    if request.method == .get, !request.headers.contains(.authorization),
      let token = request.uri.queryParameters["token"]
    {
      return try await enter(with: String(token), to: path)
    }
    guard let asker = try await asker(of: request) else {
      guard Answering.wantsPage(request), request.method == .get else {
        throw TokenRefusal.unknown.failure
      }
      return .redirect(to: "/sign-in", type: .found)
    }
    if path == "/sign-out", request.method == .post {
      if let key = asker.key { sessions.end(key) }
      return Self.redirect("/sign-in", cookie: expired)
    }
    guard asker.user.systemUser == nil || WebRoutes.holds(path) else {
      throw Failure(
        .notAllowed,
        "\(asker.user.name) works as a user of the environment, over the Web API alone",
        remedy: "it is at \(WebRoutes.base)/v9.2/; nothing else knows of security roles",
        status: 4
      )
    }
    var context = context
    context.caller = asker
    return try await next(request, context)
  }

  /// Names that lead here are those that were said: no other page's name may be pointed at this machine.
  private func requireHost(_ request: Request) throws {
    guard let authority = request.head.authority else {
      throw Failure(.notFromHere, "the request names no host", status: 4)
    }
    var host = authority.lowercased()
    if let colon = host.lastIndex(of: ":"), host[colon...].dropFirst().allSatisfy(\.isNumber) {
      host = String(host[..<colon])
    }
    guard configuration.hosts.contains(host) else {
      throw Failure(
        .notFromHere,
        "\(host.shown(80)) is not what this service is called",
        remedy: "--name says what it is called",
        status: 4
      )
    }
  }

  /// - Returns: nil for nobody who is known.
  /// - Throws: `Failure` for a token that lets nobody in, and for what a page of somebody else sends.
  private func asker(of request: Request) async throws -> ServiceContext.Asker? {
    if let authorization = request.headers[.authorization] {
      let words = authorization.split(separator: " ", maxSplits: 1)
      guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
      do {
        let admitted = try await admission.admit(showing: String(words[1]))
        return ServiceContext.Asker(user: admitted.user, formToken: nil, key: nil)
      } catch {
        throw error.failure
      }
    }
    guard let key = request.cookies[Self.cookie]?.value, let session = sessions.find(key) else {
      return nil
    }
    if request.method != .get && request.method != .head { try requireOwnPage(request) }
    return ServiceContext.Asker(user: session.user, formToken: session.formToken, key: key)
  }

  /// What a browser says of where a request was made.
  private func requireOwnPage(_ request: Request) throws {
    if let site = request.headers[.fetchSite], site != "same-origin" {
      throw Failure(.notFromHere, "another page asked for this", status: 4)
    }
    guard let origin = request.headers[.origin] else { return }
    let scheme = configuration.isSecure ? "https" : "http"
    guard origin == "\(scheme)://\(request.head.authority ?? "")" else {
      throw Failure(.notFromHere, "another page asked for this", status: 4)
    }
  }

  // MARK: Signing in

  private func enter(with token: String, to path: String) async throws -> Response {
    let admitted: Admitted
    do {
      admitted = try await admission.admit(showing: token)
    } catch {
      return .redirect(to: "/sign-in?refused=true", type: .found)
    }
    let lifetime = Sessions.lifetime(of: admitted)
    let key = sessions.begin(admitted.user, for: lifetime)
    return Self.redirect(Self.own(path), cookie: cookie(key, for: lifetime))
  }

  /// An address of this service: two slashes, of either kind, would begin the name of another.
  private static func own(_ path: String) -> String {
    guard let second = path.dropFirst().first else { return "/" }
    return path.first == "/" && second != "/" && second != "\\" ? path : "/"
  }

  private func signIn(_ request: Request) async throws -> Response {
    guard request.method == .post else {
      let isRefused = request.uri.queryParameters["refused"] != nil
      return Answering.html(try Page.signIn(isRefused: isRefused))
    }
    try requireOwnPage(request)
    var text: [UInt8] = []
    let incoming = Incoming(
      request.body,
      atMost: 2 * SignedToken.bytesMax,
      within: configuration.limits.patience
    )
    for try await piece in incoming { text += piece.readableBytesView }
    return try await enter(
      with: Form(String(decoding: text, as: UTF8.self))["token"] ?? "",
      to: "/"
    )
  }

  private func cookie(_ key: String, for lifetime: Duration) -> String {
    "\(Self.cookie)=\(key); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(lifetime.components.seconds)"
      + (configuration.isSecure ? "; Secure" : "")
  }

  private var expired: String {
    "\(Self.cookie)=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"
      + (configuration.isSecure ? "; Secure" : "")
  }

  private static func redirect(_ path: String, cookie: String) -> Response {
    var response = Response.redirect(to: path, type: .found)
    response.headers[.setCookie] = cookie
    return response
  }

  // MARK: Headers

  /// Where tokens come from, for the sign-in libraries of clients (WA-110), and why the one that came was refused.
  private func challenge(_ request: Request, _ failure: Failure?) -> String {
    let scheme = configuration.isSecure ? "https" : "http"
    let place = "\(scheme)://\(request.head.authority ?? "")"
    let issuer = configuration.access.issuers.keys.min()
    var text = "Bearer authorization_uri=\(issuer ?? "\(place)/sign-in"), resource_id=\(place)/"
    if request.headers[.authorization] != nil, let failure {
      text += ", error=\"invalid_token\", error_description=\"\(failure.message.text)\""
    }
    return text
  }

  /// No answer says one of these by itself.
  private static let hardening = [
    HTTPField(name: .contentTypeOptions, value: "nosniff"),
    HTTPField(name: .resourcePolicy, value: "same-origin"),
  ]

  /// The same for what a browser may show.
  private static let hardeningOfPages = [
    HTTPField(
      name: .contentSecurityPolicy,
      value:
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    HTTPField(name: .referrerPolicy, value: "same-origin"),
    HTTPField(name: .frameOptions, value: "DENY"),
    HTTPField(name: .openerPolicy, value: "same-origin"),
  ]

  private func harden(_ response: inout Response) {
    response.headers.append(contentsOf: Self.hardening)
    if response.headers[.contentType]?.hasPrefix("application/json") != true {
      response.headers.append(contentsOf: Self.hardeningOfPages)
    }
    if !response.headers.contains(.cacheControl) { response.headers[.cacheControl] = "no-store" }
    if configuration.isSecure {
      response.headers[.strictTransportSecurity] = "max-age=31536000"
    }
  }
}

extension HTTPField.Name {
  static let requestID = own("X-Request-Id")
  static let contentTypeOptions = own("X-Content-Type-Options")
  static let referrerPolicy = own("Referrer-Policy")
  static let frameOptions = own("X-Frame-Options")
  static let openerPolicy = own("Cross-Origin-Opener-Policy")
  static let resourcePolicy = own("Cross-Origin-Resource-Policy")
  static let fetchSite = own("Sec-Fetch-Site")
  static let count = own("X-Strata-Count")
  /// What scripts of a page say beside the cookie.
  static let formToken = own("X-Strata-Form-Token")

  private static func own(_ text: String) -> Self {
    guard let name = Self(text) else { preconditionFailure("the name is written here") }
    return name
  }
}
