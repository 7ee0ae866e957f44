internal import Hashing
internal import JSON
internal import Solutions

/// The parameters of a message.
struct Message {
  let name: String
  private let body: JSONValue

  /// The parameters as they were sent.
  var root: JSONValue { body }

  /// - Parameter known: whatever else is said is a slip of the pen (0x80048d19).
  init(_ name: String, _ request: WebRequest, known: Set<String>) throws {
    self.name = name
    let isEmpty = request.body.isEmpty || request.body.elementsEqual("null".utf8)
    var limits = JSONLimits.standard
    limits.bytes = 256 << 20
    body = try JSONDocument(isEmpty ? Array("{}".utf8) : request.body, limits: limits).root
    guard body.kind == .object else { throw WebError.badBody("the body is no object") }
    for (member, _) in body.members where !known.contains(member) && !member.contains("@") {
      throw WebError.badBody("The parameter '\(member.shown(80))' is not a parameter of \(name).")
    }
  }

  subscript(member: String) -> JSONValue? { body[member] }

  func text(_ member: String) throws -> String {
    guard let text = body[member]?.text, !text.isEmpty else {
      throw WebError.badBody("\(name) takes \(member)")
    }
    return text
  }

  func flag(_ member: String) throws -> Bool {
    guard let value = body[member], value.kind != .null else { return false }
    guard let flag = value.boolean else { throw WebError.badBody("\(member) is true or false") }
    return flag
  }

  /// Bytes in base64.
  func bytes(_ member: String) throws -> [UInt8]? {
    guard let value = body[member], value.kind != .null else { return nil }
    guard let text = value.text, let bytes = Base64.decode(text) else {
      throw WebError.badBody("\(member) is no base64")
    }
    return bytes
  }
}

extension WebRequest {
  /// - Throws: `WebError` where nobody plans.
  func requireDesk() throws -> any SolutionDesk {
    guard let desk else { throw WebError(missing: "messages about solutions") }
    return desk
  }
}
