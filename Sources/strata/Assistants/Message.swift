import Contract
import JSON
import Solutions

/// One line of a client of the Model Context Protocol: a message of JSON-RPC 2.0.
struct Message {
  /// What an answer names to say what it answers.
  enum ID: Hashable, Encodable {
    case number(Int)
    case text(String)

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let number): try container.encode(number)
      case .text(let text): try container.encode(text)
      }
    }
  }

  /// nil where no answer is wanted.
  let id: ID?
  let method: String
  /// nil where there are none.
  let parameters: JSONValue?

  /// What is wrong with a line that is no message; `id` is nil where the line does not say one.
  struct Unclear: Error {
    let id: ID?
    let code: RPCError
  }

  /// - Returns: nil for what is an answer, since nothing is asked of a client.
  init?(_ line: [UInt8]) throws(Unclear) {
    let root: JSONValue
    do throws(JSONError) {
      root = try JSONDocument(line, limits: .message).root
    } catch {
      throw Unclear(id: nil, code: .unreadable("\(error.message) (column \(error.column))"))
    }
    let id = Self.id(root["id"])
    guard root.kind == .object, root["jsonrpc"]?.text == "2.0" else {
      throw Unclear(id: id, code: .invalid("one object of JSON-RPC 2.0 stands on a line"))
    }
    guard let method = root["method"]?.text else {
      guard root["result"] == nil, root["error"] == nil else { return nil }
      throw Unclear(id: id, code: .invalid("a message has a method"))
    }
    guard root["id"] == nil || id != nil else {
      throw Unclear(id: nil, code: .invalid("an id is a text or a whole number"))
    }
    let parameters = root["params"]
    guard parameters.map({ $0.kind == .object }) ?? true else {
      throw Unclear(id: id, code: .invalid("params are an object"))
    }
    (self.id, self.method, self.parameters) = (id, method, parameters)
  }

  /// - Returns: nil for what can be no id.
  static func id(_ value: JSONValue?) -> ID? {
    guard let value else { return nil }
    return switch value.kind {
    case .string: value.text.map { .text($0) }
    case .number: value.integer.map { .number($0) }
    case .object, .array, .boolean, .null: nil
    }
  }
}

extension JSONLimits {
  /// Of a question: it names things, and holds none.
  static let message = JSONLimits(bytes: 4 << 20, values: 100_000, depth: 32)
}

/// Why there is no result, with the codes of JSON-RPC 2.0.
struct RPCError: Error, Encodable {
  let code: Int
  let message: String

  static func unreadable(_ why: String) -> RPCError {
    RPCError(code: -32700, message: "no JSON: \(why)")
  }
  static func invalid(_ why: String) -> RPCError { RPCError(code: -32600, message: why) }
  static func unknownMethod(_ method: String) -> RPCError {
    RPCError(code: -32601, message: "there is no method “\(method.shown(80))”")
  }
  static func badParameters(_ why: String) -> RPCError { RPCError(code: -32602, message: why) }
  /// As the protocol numbers it.
  static func noResource(_ uri: String) -> RPCError {
    RPCError(code: -32002, message: "there is no resource “\(uri.shown(200))”")
  }
}

/// One line that answers.
struct Reply<Result: Encodable>: Encodable {
  private let jsonrpc = "2.0"
  private let id: Message.ID?
  private let result: Result?
  private let error: RPCError?

  init(_ id: Message.ID, _ result: Result) { (self.id, self.result, error) = (id, result, nil) }

  private enum Key: String, CodingKey {
    case jsonrpc, id, result, error
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(jsonrpc, forKey: .jsonrpc)
    // A line that says no id is answered to nobody in particular.
    try container.encode(id, forKey: .id)
    if let error {
      try container.encode(error, forKey: .error)
    } else {
      try container.encode(result, forKey: .result)
    }
  }
}

extension Reply where Result == Empty {
  init(_ id: Message.ID?, failing error: RPCError) {
    (self.id, result, self.error) = (id, nil, error)
  }
}

/// A result that says nothing.
struct Empty: Encodable {}

/// A document of ours within another.
struct Embedded: Encodable {
  let value: JSONValue

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    switch value.kind {
    case .object:
      var container = encoder.container(keyedBy: Key.self)
      for (key, value) in value.members {
        try container.encode(Embedded(value: value), forKey: Key(stringValue: key))
      }
    case .array:
      var container = encoder.unkeyedContainer()
      for element in value.elements { try container.encode(Embedded(value: element)) }
    case .string: try encode(value.text, encoder)
    case .boolean: try encode(value.boolean, encoder)
    case .null: try encode(String?.none, encoder)
    case .number:
      if let whole = value.integer { return try encode(whole, encoder) }
      try encode(value.lexeme.flatMap { Double($0) }, encoder)
    }
  }

  private func encode(_ scalar: (some Encodable)?, _ encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let scalar { try container.encode(scalar) } else { try container.encodeNil() }
  }
}
