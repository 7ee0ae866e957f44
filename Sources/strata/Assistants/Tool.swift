import Contract
import JSON
import Solutions

/// One thing that an assistant can ask for: a command of this program, and how its arguments are said.
struct Tool: Sendable {
  let name: String
  let title: String
  let summary: String
  let parameters: [Parameter]
  var effect = Effect.none
  /// Whether its document is a plan that is kept, to be looked into and applied.
  var keepsPlan = false
  let command: @Sendable (Arguments) throws -> Command
  /// What is said of a document beside it.
  let text: Text

  enum Effect {
    case none
    /// Undone by a rollback.
    case changes
  }

  enum Text: Sendable {
    case of(@Sendable ([UInt8]) throws -> Prose)
    /// What another command prints.
    case printed(@Sendable (Arguments) throws -> Command)
  }

  /// What is typed behind `strata`.
  struct Command: Sendable {
    let verb: [String]
    var options: [String] = []
    /// Files, names, components.
    var operands: [String] = []

    /// Nothing of the operands can be taken for an option.
    var words: [String] { verb + options + (operands.isEmpty ? [] : ["--"] + operands) }
  }

  struct Parameter: Sendable {
    enum Kind: Sendable {
      case text
      case texts
      /// A file or folder below those that are named at the start.
      case path
      case paths
      case number
      case flag
      case word([String])
    }

    let name: String
    let kind: Kind
    let words: String
    var isNeeded = false
  }
}

// MARK: As the protocol says it

extension Tool: Encodable {
  private enum Key: String, CodingKey {
    case name, title, description, inputSchema, annotations
  }

  private struct Annotations: Encodable {
    let title: String
    let readOnlyHint: Bool
    let destructiveHint: Bool
    let idempotentHint: Bool
    let openWorldHint: Bool
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(title, forKey: .title)
    try container.encode(summary, forKey: .description)
    try container.encode(InputSchema(parameters), forKey: .inputSchema)
    let isReading = effect == .none
    let annotations = Annotations(
      title: title,
      readOnlyHint: isReading,
      destructiveHint: !isReading,
      idempotentHint: isReading,
      openWorldHint: false
    )
    try container.encode(annotations, forKey: .annotations)
  }
}

/// What a tool takes, as JSON Schema.
private struct InputSchema: Encodable {
  private let type = "object"
  private let properties: [String: Property]
  private let required: [String]
  private let additionalProperties = false

  init(_ parameters: [Tool.Parameter]) {
    properties = Dictionary(parameters.map { ($0.name, Property($0)) }) { first, _ in first }
    required = parameters.filter(\.isNeeded).map(\.name)
  }

  private struct Property: Encodable {
    let type: String
    let description: String
    var items: [String: String]?
    var `enum`: [String]?
    var minItems: Int?

    init(_ parameter: Tool.Parameter) {
      description = parameter.words
      switch parameter.kind {
      case .text, .path: type = "string"
      case .number: type = "integer"
      case .flag: type = "boolean"
      case .texts, .paths:
        type = "array"
        items = ["type": "string"]
        minItems = parameter.isNeeded ? 1 : nil
      case .word(let words):
        type = "string"
        self.enum = words
      }
    }
  }
}

// MARK: Arguments

/// What a call says, checked against what the tool takes.
struct Arguments: Sendable {
  enum Value: Sendable {
    case text(String)
    case texts([String])
    case number(Int)
    case flag(Bool)
  }

  private let values: [String: Value]

  /// A call that says something else than the tool takes.
  struct Wrong: Error {
    let words: Prose
  }

  init(_ object: JSONValue?, of tool: Tool) throws(Wrong) {
    var values: [String: Value] = [:]
    for (name, value) in object?.members.map({ ($0.key, $0.value) }) ?? [] {
      guard let parameter = tool.parameters.first(where: { $0.name == name }) else {
        let names = tool.parameters.map(\.name).joined(separator: ", ")
        throw Wrong(words: "\(tool.name) takes no “\(name.shown(80))”; it takes \(names)")
      }
      if value.kind == .null { continue }
      values[name] = try Self.value(value, parameter)
    }
    for parameter in tool.parameters where parameter.isNeeded && values[parameter.name] == nil {
      throw Wrong(words: "\(tool.name) needs \(parameter.name): \(parameter.words)")
    }
    self.values = values
  }

  private static func value(
    _ value: JSONValue,
    _ parameter: Tool.Parameter
  ) throws(Wrong) -> Value {
    switch parameter.kind {
    case .text, .path:
      if let text = value.text, isPlain(text) { return .text(text) }
    case .word(let words):
      if let text = value.text, words.contains(text) { return .text(text) }
      throw Wrong(words: "\(parameter.name) is one of \(words.joined(separator: ", "))")
    case .number:
      if value.kind == .number, let number = value.integer { return .number(number) }
    case .flag:
      if let flag = value.boolean { return .flag(flag) }
    case .texts, .paths:
      // One alone is often said without a list.
      let said = value.text.map { [$0] } ?? value.elements.map(\.text)
      let texts = said.compactMap(\.self).filter(isPlain)
      let isList = value.kind == .string || value.kind == .array
      if isList, texts.count == said.count, texts.count <= 64, !parameter.isNeeded || !texts.isEmpty
      {
        return .texts(texts)
      }
    }
    throw Wrong(words: "\(parameter.name) is \(parameter.kind.words)")
  }

  /// Whether it can stand on a command line.
  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 8_192 && !text.utf8.contains(0)
  }

  func text(_ name: String) -> String? {
    if case .text(let text) = values[name] { text } else { nil }
  }

  func texts(_ name: String) -> [String] {
    if case .texts(let texts) = values[name] { texts } else { [] }
  }

  func number(_ name: String) -> Int? {
    if case .number(let number) = values[name] { number } else { nil }
  }

  func has(_ name: String) -> Bool {
    if case .flag(true) = values[name] { true } else { false }
  }

  /// `--option=value` for each that is said; nothing of it can be taken for another option.
  func options(_ names: [(parameter: String, option: String)]) -> [String] {
    names.flatMap { parameter, option -> [String] in
      switch values[parameter] {
      case .text(let text): ["--\(option)=\(text)"]
      case .texts(let texts): texts.map { "--\(option)=\($0)" }
      case .number(let number): ["--\(option)=\(number)"]
      case .flag(let flag): flag ? ["--\(option)"] : []
      case nil: []
      }
    }
  }
}

extension Tool.Parameter.Kind {
  fileprivate var words: Prose {
    switch self {
    case .text, .path: "a text that is not empty"
    case .texts, .paths: "a list of up to 64 texts"
    case .number: "a whole number"
    case .flag: "true or false"
    case .word(let words): "one of \(words.joined(separator: ", "))"
    }
  }
}
