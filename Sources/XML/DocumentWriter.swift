/// Writes a document piece by piece; what comes of it is read by `XMLTree` again.
///
/// Names and values come from documents that were read, so that the result is well-formed.
package struct DocumentWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// The one namespace that packages declare: what is nothing is marked by it (PF-106).
  package static let xsi = (
    name: "xmlns:xsi", value: "http://www.w3.org/2001/XMLSchema-instance"
  )

  package mutating func open(_ name: String, _ attributes: [(name: String, value: String)] = []) {
    bytes.append(UInt8(ascii: "<"))
    bytes.append(contentsOf: name.utf8)
    for attribute in attributes {
      bytes.append(UInt8(ascii: " "))
      bytes.append(contentsOf: attribute.name.utf8)
      bytes.append(contentsOf: "=\"".utf8)
      escape(attribute.value)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
  }

  package mutating func text(_ text: String) { escape(text) }

  /// What is canonical already.
  package mutating func append(canonical content: some Sequence<UInt8>) {
    bytes.append(contentsOf: content)
  }

  package mutating func close(_ name: String) {
    bytes.append(contentsOf: "</".utf8)
    bytes.append(contentsOf: name.utf8)
    bytes.append(UInt8(ascii: ">"))
  }

  /// White space that a reader would change is spelled as a reference.
  private mutating func escape(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
      case 0x09: bytes.append(contentsOf: "&#x9;".utf8)
      case 0x0A: bytes.append(contentsOf: "&#xA;".utf8)
      case 0x0D: bytes.append(contentsOf: "&#xD;".utf8)
      default: bytes.append(byte)
      }
    }
  }
}
