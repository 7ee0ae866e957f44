/// A start tag as it is spelled.
struct SourceTag {
  typealias Attribute = (name: String, bytes: ArraySlice<UInt8>)

  /// With `<`, without what ends it.
  let head: [UInt8]
  let isEmpty: Bool
  /// What stands between the name and the end.
  private let rest: ArraySlice<UInt8>
  /// nil while they are those of the document, which few ask for.
  private var changed: [Attribute]?

  init(_ tag: ArraySlice<UInt8>) {
    isEmpty = tag.dropLast().last == UInt8(ascii: "/")
    let inner = tag.dropLast(isEmpty ? 2 : 1)
    let name = inner.prefix { !Self.isBlank($0) }
    head = Array(name)
    let end = inner.lastIndex { !Self.isBlank($0) } ?? name.startIndex
    rest = inner[name.endIndex..<max(end + 1, name.endIndex)]
  }

  /// Each with the blank before it.
  var attributes: [Attribute] { changed ?? Self.attributes(in: rest) }

  private static func attributes(in text: ArraySlice<UInt8>) -> [Attribute] {
    var attributes: [Attribute] = []
    var rest = text
    while let next = rest.firstIndex(where: { !isBlank($0) }) {
      let start = rest.startIndex
      let sign = rest[next...].firstIndex { $0 == UInt8(ascii: "=") } ?? rest.endIndex
      guard sign < rest.endIndex,
        let quote = rest[sign...].firstIndex(where: {
          $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'")
        }),
        let end = rest[(quote + 1)...].firstIndex(of: rest[quote])
      else { break }
      let name = rest[next..<sign].filter { !isBlank($0) }
      attributes.append((String(decoding: name, as: UTF8.self), rest[start...end]))
      rest = rest[(end + 1)...]
    }
    return attributes
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// Declarations of namespaces, by what they declare.
  var declarations: [Attribute] {
    attributes.filter { $0.name == "xmlns" || $0.name.hasPrefix("xmlns:") }
  }

  /// With declarations that it has not yet, behind its attributes.
  mutating func add(_ declarations: [Attribute]) {
    let own = attributes
    changed = own + declarations.filter { new in !own.contains { $0.name == new.name } }
  }

  /// Without declarations that are made around it, too.
  mutating func remove(_ declarations: [Attribute]) {
    changed = attributes.filter { attribute in
      !declarations.contains {
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
  var bytes: [UInt8] {
    changed.map { $0.reduce(into: head) { $0.append(contentsOf: $1.bytes) } } ?? head + rest
  }
}
