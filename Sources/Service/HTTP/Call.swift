internal import Contract
internal import Faces
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore
internal import Solutions

/// One request to a site, from somebody who may make it.
struct Call: Sendable {
  let site: Site
  let request: Request
  let context: ServiceContext
  let asker: ServiceContext.Asker
  let limits: Service.Limits
  let metrics: Metrics

  var user: User { asker.user }

  /// Who asks, for the history.
  func caller(through face: Caller.Face) -> Caller {
    let isHere = context.address == "127.0.0.1" || context.address == "::1"
    return Caller(user.name, through: face, from: isHere ? nil : context.address)
  }

  /// A part of the path.
  func path(_ name: String) throws -> String {
    guard let text = context.parameters.get(name).flatMap({ Self.plain($0) }) else {
      throw Failure(.usage, "\(name) is missing", status: Failure.wrongUsage)
    }
    return text
  }

  func number(_ name: String) throws -> Int {
    guard let number = Int(try path(name)), (0...Count.most).contains(number) else {
      throw Failure(.usage, "\(name) is no number", status: Failure.wrongUsage)
    }
    return number
  }

  /// What stands behind the question mark; nil where it is missing or empty.
  func query(_ name: String) -> String? { Form(request.uri.query ?? "")[name] }

  func queries(_ name: String) -> [String] { Form(request.uri.query ?? "").all(name) }

  func queryNumber(_ name: String) throws -> Int? {
    guard let text = query(name) else { return nil }
    guard let number = Int(text), (0...Count.most).contains(number) else {
      throw Failure(.usage, "\(name) is no number", status: Failure.wrongUsage)
    }
    return number
  }

  /// - Throws: `Failure` where somebody may not do this.
  func require(_ role: Role) throws {
    guard user.role >= role else {
      throw Failure(
        .notAllowed,
        "\(user.name) is \(user.role.rawValue) here, and this takes \(role.rawValue)",
        status: 4
      )
    }
  }

  /// The body, as far as it may be.
  ///
  /// - Throws: `Failure` for a longer one, and for one that takes too long.
  func body() async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await piece in incoming(atMost: limits.body) { bytes += piece.readableBytesView }
    return bytes
  }

  func incoming(atMost most: Int) -> Incoming {
    Incoming(request.body, atMost: most, within: limits.patience)
  }

  /// The body as a value.
  func value<Value: Decodable>(_ type: Value.Type) async throws -> Value {
    let bytes = try await body()
    do {
      return try ShapeCoder.decode(type, bytes)
    } catch {
      throw Failure(.usage, "the body is no such JSON: \(.foreign("\(error)"))", status: 64)
    }
  }

  /// The fields of a form, which a page of ours has made.
  ///
  /// - Throws: `Failure` where another page may have.
  func form() async throws -> Form {
    let form = Form(String(decoding: try await body(), as: UTF8.self))
    guard asker.formToken == nil || form["form-token"] == asker.formToken else {
      throw Failure(
        .notFromHere,
        "the form is of another page, or of one that is too old",
        status: 4
      )
    }
    return form
  }

  /// - Throws: `Failure` where a browser sends what no page of ours may have asked it for.
  func requireOwnScript() throws {
    guard asker.formToken == nil || request.headers[.formToken] == asker.formToken else {
      throw Failure(
        .notFromHere,
        "the request says no X-Strata-Form-Token of its session",
        status: 4
      )
    }
  }

  /// Percent signs resolved.
  static func plain(_ text: String) -> String? {
    URI("/?x=" + text.replacing("&", with: "%26")).queryParameters["x"].map { String($0) }
  }
}

/// The fields of a form, in the spelling of browsers.
struct Form: Sendable {
  private let fields: [String: [String]]

  init(_ text: String) {
    var fields: [String: [String]] = [:]
    for pair in text.split(separator: "&").prefix(1000) {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      func plain(_ part: Substring) -> String {
        Call.plain(String(part).replacing("+", with: "%20")) ?? ""
      }
      fields[plain(parts[0]), default: []].append(parts.count > 1 ? plain(parts[1]) : "")
    }
    self.fields = fields
  }

  subscript(name: String) -> String? { fields[name]?.last.flatMap { $0.isEmpty ? nil : $0 } }

  func all(_ name: String) -> [String] { fields[name] ?? [] }

  /// What begins with a word, by what follows it.
  func all(beginning prefix: String) -> [String: String] {
    var found: [String: String] = [:]
    for (name, values) in fields where name.hasPrefix(prefix) {
      found[String(name.dropFirst(prefix.count))] = values.last
    }
    return found
  }
}

extension Call {
  /// - Throws: `Failure` where it is missing.
  func required(_ name: String) throws -> String {
    guard let text = query(name) else {
      throw Failure(.usage, "say \(name)", status: Failure.wrongUsage)
    }
    return text
  }
}
