/// A start tag as it is spelled.
struct SourceTag {
  /// With `<`, without what ends it.
  private(set) var head: [UInt8]
  /// Each with the blank before it.
  private(set) var attributes: [(name: String, bytes: ArraySlice<UInt8>)] = []
  let isEmpty: Bool

  init(_ tag: ArraySlice<UInt8>) {
    isEmpty = tag.dropLast().last == UInt8(ascii: "/")
    var rest = tag.dropLast(isEmpty ? 2 : 1)
    let name = rest.prefix { !Self.isBlank($0) }
    head = Array(name)
    rest = rest[name.endIndex...]
    while let next = rest.firstIndex(where: { !Self.isBlank($0) }) {
      let start = rest.startIndex
      let sign = rest[next...].firstIndex { $0 == UInt8(ascii: "=") } ?? rest.endIndex
      guard sign < rest.endIndex,
        let quote = rest[sign...].firstIndex(where: {
          $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'")
        }),
        let end = rest[(quote + 1)...].firstIndex(of: rest[quote])
      else { break }
      let name = rest[next..<sign].filter { !Self.isBlank($0) }
      attributes.append((String(decoding: name, as: UTF8.self), rest[start...end]))
      rest = rest[(end + 1)...]
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// Declarations of namespaces, by what they declare.
  var declarations: [(name: String, bytes: ArraySlice<UInt8>)] {
    attributes.filter { $0.name == "xmlns" || $0.name.hasPrefix("xmlns:") }
  }

  /// With declarations that it has not yet, behind its attributes.
  mutating func add(_ declarations: [(name: String, bytes: ArraySlice<UInt8>)]) {
    for declaration in declarations
    where !attributes.contains(where: { $0.name == declaration.name }) {
      attributes.append(declaration)
    }
  }

  /// Without declarations that are made around it, too.
  mutating func remove(_ declarations: [(name: String, bytes: ArraySlice<UInt8>)]) {
    attributes.removeAll { attribute in
      declarations.contains {
        $0.name == attribute.name && Self.value($0.bytes) == Self.value(attribute.bytes)
      }
    }
  }

  private static func value(_ attribute: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let quote = attribute.last
    guard let start = attribute.firstIndex(where: { $0 == quote }) else { return attribute }
    return attribute[start...]
  }

  /// Without what ends it.
  var bytes: [UInt8] { attributes.reduce(into: head) { $0.append(contentsOf: $1.bytes) } }
}
