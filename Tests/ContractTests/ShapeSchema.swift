import Contract
import Foundation
import TestSupport

/// What a shape can hold, as JSON Schema has it.
indirect enum ShapeSchema: Sendable {
  /// A field, whether it is always there, and what it means.
  struct Field: Sendable {
    let schema: ShapeSchema
    let isRequired: Bool
    let says: String?
  }

  case string
  case integer
  case number
  case boolean
  case scalar
  case words([String])
  case nullable(ShapeSchema)
  case array(ShapeSchema)
  case map(ShapeSchema)
  case object([String: Field])
  /// One that it is part of itself.
  case again

  /// As a document.
  var json: [String: Any] {
    switch self {
    case .string: return ["type": "string"]
    case .integer: return ["type": "integer"]
    case .number: return ["type": "number"]
    case .boolean: return ["type": "boolean"]
    case .scalar: return ["type": ["null", "boolean", "number", "string"]]
    case .words(let words): return ["enum": words]
    case .again: return ["type": "object"]
    case .array(let element): return ["type": "array", "items": element.json]
    case .map(let value): return ["type": "object", "additionalProperties": value.json]
    case .nullable(let schema):
      var json = schema.json
      if let type = json["type"] as? String { json["type"] = [type, "null"] }
      if let words = json["enum"] as? [String] { json["enum"] = words as [Any] + [NSNull()] }
      return json
    case .object(let fields):
      var properties: [String: Any] = [:]
      for (name, field) in fields {
        var json = field.schema.json
        json["description"] = field.says
        properties[name] = json
      }
      return [
        "type": "object", "properties": properties,
        "required": fields.filter(\.value.isRequired).map(\.key).sorted(),
      ]
    }
  }

  /// Where a value is something else, in words.
  func problems(_ value: Any, at path: String = "") -> [String] {
    switch self {
    case .again: return []
    case .nullable(let schema): return value is NSNull ? [] : schema.problems(value, at: path)
    case .string: return value is String ? [] : ["\(path) is no string"]
    case .words(let words):
      return (value as? String).map(words.contains) == true ? [] : ["\(path) is \(value)"]
    case .integer: return (value as? NSNumber)?.isWhole == true ? [] : ["\(path) is not whole"]
    case .number: return value is NSNumber ? [] : ["\(path) is no number"]
    case .boolean: return (value as? NSNumber)?.isBoolean == true ? [] : ["\(path) is not boolean"]
    case .scalar:
      return value is NSNull || value is NSNumber || value is String ? [] : ["\(path) is no scalar"]
    case .array(let element):
      guard let values = value as? [Any] else { return ["\(path) is no array"] }
      return values.enumerated().flatMap { element.problems($1, at: "\(path)[\($0)]") }
    case .map(let schema):
      guard let values = value as? [String: Any] else { return ["\(path) is no object"] }
      return values.flatMap { schema.problems($1, at: "\(path).\($0)") }
    case .object(let fields):
      guard let values = value as? [String: Any] else { return ["\(path) is no object"] }
      let unknown = values.keys.filter { fields[$0] == nil }.map { "\(path).\($0) is unknown" }
      let missing = fields.filter { $1.isRequired && values[$0] == nil }.map {
        "\(path).\($0.key) is missing"
      }
      let wrong = values.flatMap { name, value in
        fields[name].map { $0.schema.problems(value, at: "\(path).\(name)") } ?? []
      }
      return (unknown + missing + wrong).sorted()
    }
  }
}

extension NSNumber {
  fileprivate var isBoolean: Bool { String(cString: objCType) == "c" || self === kCFBoolean }
  fileprivate var isWhole: Bool { !isBoolean && doubleValue == doubleValue.rounded() }
  private var kCFBoolean: NSNumber { NSNumber(value: boolValue) }
}

// MARK: Reading shapes

/// Makes a schema by decoding a shape from nothing and taking note of what it asks for.
struct SchemaReader {
  /// Comments of the sources: type, then property.
  let comments: [String: [String: String]]

  /// Reads what stands above the properties of the shapes.
  init() throws {
    var comments: [String: [String: String]] = [:]
    for file in Repository.files(below: "Sources/Contract") {
      var types: [(name: String, indent: Int)] = []
      var comment: [Substring] = []
      for line in try Repository.text("Sources/Contract/\(file)").split(separator: "\n") {
        let indent = line.prefix { $0 == " " }.count
        let text = line.dropFirst(indent)
        if text.hasPrefix("/// ") {
          comment.append(text.dropFirst("/// ".count))
          continue
        }
        if let match = text.firstMatch(of: #/^(?:package )?(?:struct|extension) ([A-Za-z.]+)/#) {
          types.removeAll { $0.indent >= indent }
          types.append((String(match.output.1), indent))
        } else if let match = text.firstMatch(of: #/(?:let|var) ([a-zA-Z]+): /#), !comment.isEmpty {
          let type = types.map(\.name).joined(separator: ".")
          comments[type, default: [:]][String(match.output.1)] = comment.joined(separator: " ")
        }
        comment = []
      }
    }
    self.comments = comments
  }

  /// Of a shape with its format.
  func schema<Content: Shape>(of type: Content.Type) throws -> ShapeSchema {
    try made(Envelope<Content>.self, within: []).schema
  }

  fileprivate func made<Value: Decodable>(
    _ type: Value.Type,
    within types: [String]
  ) throws -> (value: Value, schema: ShapeSchema) {
    let name = String(reflecting: type)
    if let simple = Self.simple[ObjectIdentifier(type)], let value = simple.value as? Value {
      return (value, simple.schema)
    }
    if let words = type as? any (CaseIterable & RawRepresentable<String>).Type {
      let all = Self.all(words)
      if let first = all.first?.value as? Value { return (first, .words(all.map(\.name))) }
    }
    guard !types.contains(name) else { throw Recursion() }
    let record = Record(
      reader: self,
      types: types + [name],
      comments: comments[name.split(separator: ".").dropFirst().joined(separator: ".")] ?? [:]
    )
    let parts = try (type as? any PartsOfShapes.Type)?.made(record) as? Value
    let value = try parts ?? Value(from: RecordingDecoder(record: record))
    return (value, record.schema ?? .object(record.fields))
  }

  struct Recursion: Error {}

  private static func all<Words: CaseIterable & RawRepresentable<String>>(
    _ type: Words.Type
  ) -> [(value: Any, name: String)] {
    type.allCases.map { ($0, $0.rawValue) }
  }

  private static let simple: [ObjectIdentifier: (value: any Sendable, schema: ShapeSchema)] = [
    ObjectIdentifier(String.self): ("", .string), ObjectIdentifier(Int.self): (0, .integer),
    ObjectIdentifier(Int32.self): (Int32(0), .integer),
    ObjectIdentifier(Int64.self): (Int64(0), .integer),
    ObjectIdentifier(Double.self): (0.0, .number), ObjectIdentifier(Bool.self): (false, .boolean),
    ObjectIdentifier(JSONScalar.self): (JSONScalar.null, .scalar),
  ]
}

/// What does not read itself: arrays, maps, and what has its format beside its fields.
private protocol PartsOfShapes {
  static func made(_ record: Record) throws -> Any
}

extension Array: PartsOfShapes where Element: Decodable {
  fileprivate static func made(_ record: Record) throws -> Any {
    do {
      let element = try record.reader.made(Element.self, within: record.types)
      record.schema = .array(element.schema)
      return [element.value]
    } catch is SchemaReader.Recursion {
      record.schema = .array(.again)
      return [Element]()
    }
  }
}

extension Envelope: PartsOfShapes {
  fileprivate static func made(_ record: Record) throws -> Any {
    let made = try record.reader.made(Content.self, within: record.types)
    if case .object(var fields) = made.schema {
      let format = ShapeSchema.words([Content.format])
      fields["format"] = .init(schema: format, isRequired: true, says: nil)
      fields["formatVersion"] = .init(schema: .integer, isRequired: true, says: nil)
      record.schema = .object(fields)
    }
    return Envelope(made.value)
  }
}

extension Dictionary: PartsOfShapes where Key == String, Value: Decodable {
  fileprivate static func made(_ record: Record) throws -> Any {
    let value = try record.reader.made(Value.self, within: record.types)
    record.schema = .map(value.schema)
    return ["x": value.value]
  }
}

/// What one value asked for.
private final class Record {
  let reader: SchemaReader
  let types: [String]
  let comments: [String: String]
  var fields: [String: ShapeSchema.Field] = [:]
  /// Of what is no object.
  var schema: ShapeSchema?
  var isNullable = false

  init(reader: SchemaReader, types: [String], comments: [String: String]) {
    (self.reader, self.types, self.comments) = (reader, types, comments)
  }
}

private struct RecordingDecoder: Decoder {
  let record: Record
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  struct NotAsked: Error {}

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Fields<Key>(record: record))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NotAsked() }
  func singleValueContainer() -> any SingleValueDecodingContainer { Single(record: record) }

  struct Single: SingleValueDecodingContainer {
    let record: Record
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool {
      record.isNullable = true
      return false
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      let made = try record.reader.made(type, within: record.types)
      record.schema = record.isNullable ? .nullable(made.schema) : made.schema
      return made.value
    }
  }

  struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let record: Record
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
      try note(type, key, isRequired: true)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
      // What is spelled null is always there.
      let isNullable = String(describing: type).hasPrefix("Nullable<")
      do {
        return try note(type, key, isRequired: isNullable)
      } catch is SchemaReader.Recursion {
        record.fields[key.stringValue] = .init(
          schema: .again,
          isRequired: false,
          says: record.comments[key.stringValue]
        )
        return nil
      }
    }

    // Those that the container has for itself.
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
      try note(type, key, isRequired: false)
    }
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
      try note(type, key, isRequired: false)
    }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
      try note(type, key, isRequired: false)
    }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
      try note(type, key, isRequired: false)
    }

    private func note<Value: Decodable>(
      _ type: Value.Type,
      _ key: Key,
      isRequired: Bool
    ) throws -> Value {
      let made = try record.reader.made(type, within: record.types)
      record.fields[key.stringValue] = .init(
        schema: made.schema,
        isRequired: isRequired,
        says: record.comments[key.stringValue]
      )
      return made.value
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type,
      forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw NotAsked() }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      throw NotAsked()
    }
    func superDecoder() throws -> any Decoder { throw NotAsked() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw NotAsked() }
  }
}
