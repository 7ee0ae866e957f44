/// An immutable JSON document: its bytes, and where each value stands in them.
///
/// A value costs eight bytes beside the text; texts are decoded when they are asked for, numbers stay as they are
/// spelled. One pass, in linear time.
package final class JSONDocument: Sendable {
  /// UTF-8 without a byte order mark.
  package let bytes: [UInt8]
  let nodes: [Node]

  /// A value in the order of the text; the name of a member stands before its value.
  struct Node {
    /// Its first byte, which tells what it is.
    let start: UInt32
    /// Of objects and arrays the node behind the last in them, of all others the byte behind their last.
    var end: UInt32
  }

  /// - Parameter bytes: UTF-8, or UTF-16 with its byte order mark.
  /// - Throws: what is no JSON by RFC 8259, has a name twice in an object, or is above a limit.
  package init(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
    guard bytes.count <= limits.bytes else {
      throw JSONError(
        reason: .tooLarge,
        line: 0,
        column: 0,
        message: "more than \(limits.bytes) bytes of JSON"
      )
    }
    let text = try PlainJSON.utf8(bytes)
    var scanner = JSONScanner(text, limits)
    nodes = try scanner.scan()
    self.bytes = text
  }

  package var root: JSONValue { JSONValue(document: self, index: 0) }
}
