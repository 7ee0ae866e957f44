package import Solutions

/// A request below the root of an environment's Web API, whatever brought it.
package struct WebRequest: Sendable {
  /// In capitals.
  package private(set) var method: String
  /// Below the root, as it was sent.
  package private(set) var path: String
  /// Behind the question mark, as it was sent.
  package private(set) var query: String
  package private(set) var headers: WebHeaders
  package private(set) var body: [UInt8]
  /// The root as this client calls it, with a slash at the end: `http://127.0.0.1:8080/api/data/v9.2/`.
  package let root: String
  package var caller: Caller { calling() }
  /// Only what is written has to know.
  private var calling: @Sendable () -> Caller
  package private(set) var right: Right
  /// The same for rows, where security roles say more.
  let rowRight: Right
  /// As which user of the environment somebody asks; nil for the environment's own.
  package let user: SystemUserName?
  /// Who plans and applies; nil where nobody does.
  package let desk: (any SolutionDesk)?

  /// What whoever asks may do; each may do what those before may.
  package enum Right: Int, Comparable, Sendable {
    case look
    case plan
    /// What destroys nothing.
    case write
    case destroy

    package static func < (one: Right, other: Right) -> Bool { one.rawValue < other.rawValue }
  }

  package init(
    method: String,
    path: String,
    query: String,
    headers: WebHeaders,
    body: [UInt8],
    root: String,
    caller: @autoclosure @escaping @Sendable () -> Caller,
    right: Right,
    user: SystemUserName? = nil,
    desk: (any SolutionDesk)? = nil
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.root = root
    calling = caller
    self.right = right
    rowRight = right
    self.user = user
    self.desk = desk
  }

  /// Whether it asks for something and changes nothing.
  var isReading: Bool { method == "GET" || method == "HEAD" }

  /// The same for another resource.
  func with(method: String, path: String, query: String, headers: WebHeaders, body: [UInt8])
    -> WebRequest
  {
    var other = self
    (other.method, other.path, other.query) = (method, path, query)
    (other.headers, other.body) = (headers, body)
    return other
  }

  /// The same for a user: solutions and definitions are changed by administrators alone.
  func acting(by caller: Caller, isAdministrator: Bool) -> WebRequest {
    var own = self
    own.calling = { caller }
    if !isAdministrator { own.right = .look }
    return own
  }

  /// - Throws: `WebError` where whoever asks may not do this (0x80040220).
  func require(_ right: Right) throws(WebError) {
    guard self.right >= right else { throw mayNot }
  }

  /// - Throws: `WebError` where whoever asks may write no rows at all.
  func requireRows(_ right: Right) throws(WebError) {
    guard rowRight >= right else { throw mayNot }
  }

  private var mayNot: WebError {
    WebError(403, WebError.accessDenied, "\(caller.name) may not do this here")
  }
}

/// Fields of a request or an answer; names compare without case and are kept as they are spelled.
package struct WebHeaders: Sendable {
  package private(set) var fields: [(name: String, value: String)]

  package init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

  /// The values of all fields of a name, with commas between them; nil where there is none.
  package subscript(name: String) -> String? {
    var joined: String?
    for field in fields where Self.isSame(field.name, name) {
      joined = joined.map { "\($0),\(field.value)" } ?? field.value
    }
    return joined
  }

  private static func isSame(_ one: String, _ other: String) -> Bool {
    one.utf8.count == other.utf8.count
      && zip(one.utf8, other.utf8).allSatisfy { lowercased($0) == lowercased($1) }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  mutating func add(_ name: String, _ value: String) { fields.append((name, value)) }
}

/// An answer, whatever takes it.
package struct WebResponse: Sendable {
  package let status: Int
  package private(set) var headers: WebHeaders
  package let body: [UInt8]

  package init(_ status: Int, _ headers: [(String, String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = WebHeaders(headers.map { (name: $0.0, value: $0.1) })
    self.body = body
  }

  static let jsonType = "application/json; odata.metadata=minimal"

  static func json(
    _ json: JSONWriter,
    status: Int = 200,
    _ headers: [(String, String)] = []
  ) -> WebResponse {
    WebResponse(status, [("Content-Type", jsonType)] + headers, body: json.bytes)
  }

  static let nothing = WebResponse(204)

  /// With fields that it lacks.
  package func adding(_ more: [(String, String)]) -> WebResponse {
    var response = self
    for (name, value) in more where response.headers[name] == nil {
      response.headers.add(name, value)
    }
    return response
  }
}

extension WebRequest {
  /// Holds what a row is known to be against what it is (`If-Match`, `If-None-Match`) before it is changed.
  ///
  /// - Throws: `WebError` where the row is another by now, or must not be there.
  func requireMatch(_ etag: String) throws(WebError) {
    guard headers["If-None-Match"] != "*" else {
      throw .exists
    }
    guard let match = headers["If-Match"], match != "*", match != "null", match != etag else {
      return
    }
    throw .otherVersion
  }
}
