import FoundationEssentials
import XML

/// Component files written as JSON (PF-707, PF-709) as the XML that they stand for.
enum JSONForm {
  /// nil when the file is JSON of another shape; it then stays a plain file.
  static func xml(_ content: [UInt8], _ path: String) throws -> [UInt8]? {
    guard case .object(let members) = try value(content, path), members.count == 1,
      let (name, row) = members.first,
      case .object = row, isName(name)
    else { return nil }
    var text = ""
    return write(row, named: name, into: &text) ? Array(text.utf8) : nil
  }

  /// The current values in `environment_variable_values.json` (PF-109), each as the document that stands beside a
  /// definition (PF-709); nil when the file has another shape.
  static func variableValues(
    _ content: [UInt8],
    _ path: String
  ) throws -> [(name: String, xml: [UInt8])]? {
    guard case .object(let members) = try value(content, path),
      case .array(let rows)? = members["EnvironmentVariableValues"]
    else { return nil }
    var values: [(name: String, xml: [UInt8])] = []
    for row in rows {
      guard case .object(let row) = row,
        let name = row["EnvironmentVariableDefinition.SchemaName"]?.scalar, !name.isEmpty,
        let value = row["Value"], value.scalar != nil
      else { return nil }
      let id = row["EnvironmentVariableValueId"] ?? .null
      var text = ""
      let entry = JSONValue.object(["@environmentvariablevalueid": id, "value": value])
      guard
        write(
          .object(["environmentvariablevalue": entry]),
          named: "environmentvariablevalues",
          into: &text
        )
      else { return nil }
      values.append((name, Array(text.utf8)))
    }
    return values
  }

  private static func value(_ content: [UInt8], _ path: String) throws -> JSONValue {
    do {
      return try JSONDecoder().decode(JSONValue.self, from: Data(content))
    } catch {
      throw PartError(
        part: path,
        error: XMLError(reason: .notWellFormed, line: 0, message: "not valid JSON")
      )
    }
  }

  /// Whether everything could be spelled as XML.
  private static func write(_ value: JSONValue, named name: String, into text: inout String) -> Bool
  {
    guard isName(name) else { return false }
    switch value {
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      text += "<\(name)"
      for (key, value) in sorted where key.hasPrefix("@") {
        guard isName(String(key.dropFirst())), let scalar = value.scalar else { return false }
        text += " \(key.dropFirst())=\"\(escaped(scalar))\""
      }
      text += ">"
      for (key, value) in sorted where !key.hasPrefix("@") {
        guard write(value, named: key, into: &text) else { return false }
      }
      text += "</\(name)>"
    case .array(let values):
      for value in values {
        guard write(value, named: name, into: &text) else { return false }
      }
    default:
      text += "<\(name)>\(escaped(value.scalar ?? ""))</\(name)>"
    }
    return true
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == 0x5F || byte == 0x2E || byte == 0x2D
    }
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\r": result += "&#13;"
      case "\n": result += "&#10;"
      case "\t": result += "&#9;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}

private enum JSONValue: Decodable {
  case object([String: JSONValue])
  case array([JSONValue])
  case text(String)
  case number(Double)
  case boolean(Bool)
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let values = try? container.decode([JSONValue].self) {
      self = .array(values)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// nil for objects and arrays.
  var scalar: String? {
    switch self {
    case .text(let text): text
    case .number(let number):
      number == number.rounded() && abs(number) < 1e15
        ? String(Int(number)) : String(number)
    case .boolean(let flag): flag ? "true" : "false"
    case .null: ""
    case .object, .array: nil
    }
  }
}
