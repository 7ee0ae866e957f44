import JSON
import Solutions
import XML

/// The JSON that a document stands for: what `JSONForm` reads.
struct JSONSpelling {
  private(set) var bytes: [UInt8] = []

  /// A file of one object with one member.
  mutating func write(file element: XMLElement) {
    put("{")
    write(member: element.name)
    write(element)
    put("}")
  }

  mutating func write(variableValues rows: [(name: String, id: String, value: XMLElement?)]) {
    put("{")
    write(member: "EnvironmentVariableValues")
    put("[")
    for (place, row) in rows.enumerated() {
      if place > 0 { put(",") }
      put("{")
      write(member: "EnvironmentVariableDefinition.SchemaName")
      write(row.name)
      put(",")
      write(member: "EnvironmentVariableValueId")
      write(row.id)
      put(",")
      write(member: "Value")
      if let value = row.value { write(value) } else { write("") }
      put("}")
    }
    put("]}")
  }

  private mutating func put(_ text: String) { bytes += text.utf8 }

  private mutating func write(_ text: String) {
    var spelled = JSONText()
    spelled.write(text)
    bytes += spelled.bytes
  }

  private mutating func write(member name: String) {
    write(name)
    put(":")
  }

  private mutating func write(_ element: XMLElement) {
    let type = element.attribute(TypeMark.name)
    switch type {
    case "number", "boolean", "array", "string": put(element.text)
    case "null": put("null")
    default:
      let attributes = element.attributes.filter { !$0.name.hasPrefix(TypeMark.name) }
      let children = element.children.filter { !$0.isText }
      guard type == "object" || !attributes.isEmpty || !children.isEmpty else {
        return write(element.text)
      }
      write(attributes, of: element, children)
    }
  }

  private mutating func write(
    _ attributes: [(name: String, value: String)],
    of element: XMLElement,
    _ children: [XMLElement]
  ) {
    put("{")
    var isFirst = true
    func comma() -> String {
      defer { isFirst = false }
      return isFirst ? "" : ","
    }
    for attribute in attributes {
      put(comma())
      write(member: "@" + attribute.name)
      switch element.attribute(TypeMark.name(of: attribute.name)) {
      case "number", "boolean", "string": put(attribute.value)
      case "null": put("null")
      default: write(attribute.value)
      }
    }
    for (number, child) in children.enumerated()
    where !children[..<number].contains(where: { $0.name == child.name }) {
      put(comma())
      write(member: child.name)
      let same = children.filter { $0.name == child.name }
      if same.count > 1 { put("[") }
      for (place, one) in same.enumerated() {
        if place > 0 { put(",") }
        write(one)
      }
      if same.count > 1 { put("]") }
    }
    put("}")
  }
}
