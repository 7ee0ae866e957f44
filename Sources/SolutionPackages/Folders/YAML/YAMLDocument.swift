internal import XML
internal import Yams

/// A file of the newer layout as the XML that it stands for: one element, attributes as keys with a leading `@`, its own
/// text as `#text`, elements of one name as a list (PF-B2).
///
/// Each element begins on the line on which it begins in the file.
struct YAMLDocument {
  typealias Problem = YAMLText.Problem

  private var bytes: [UInt8] = []
  private var line = 1
  private let limits: XMLLimits

  /// - Throws: `Problem` for what is no YAML, or stands for no element.
  static func xml(_ bytes: [UInt8], limits: XMLLimits) throws(Problem) -> [UInt8] {
    let root = try YAMLText.compose(bytes, limits)
    guard let pairs = root.mapping, pairs.count == 1, let (name, value) = pairs.first else {
      throw Problem(line: YAMLText.line(of: root), problem: "it is not one element with a name")
    }
    var document = YAMLDocument(limits: limits)
    try document.write(name, value, depth: 1)
    return document.bytes
  }

  private init(limits: XMLLimits) { self.limits = limits }

  /// Where the text of a scalar stands, without its quotes, and whether it has none.
  ///
  /// - Parameter path: keys below the one element of the document.
  /// - Returns: nil for what is not there once, in one piece, as it reads.
  static func place(
    of path: [String],
    in bytes: [UInt8]
  ) -> (range: Range<Int>, isPlain: Bool)? {
    do throws(Problem) {
      var node = try YAMLText.compose(bytes, .standard).mapping?.first?.value
      for name in path { node = node?.mapping?.first { $0.key.scalar?.string == name }?.value }
      guard let scalar = node?.scalar, let mark = node?.mark else { return nil }
      let isPlain = scalar.style == .plain || scalar.style == .any
      guard let begin = offset(of: mark, in: bytes) else { return nil }
      let start = begin + (isPlain ? 0 : 1)
      let end = start + scalar.string.utf8.count
      guard end <= bytes.count, bytes[start..<end].elementsEqual(scalar.string.utf8) else {
        return nil
      }
      return (start..<end, isPlain)
    } catch {
      // It is told where the document is read.
      return nil
    }
  }

  /// Lines end with line feeds, columns count scalars of Unicode.
  private static func offset(of mark: Mark, in bytes: [UInt8]) -> Int? {
    var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for _ in 1..<max(mark.line, 1) {
      guard let end = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      at = end + 1
    }
    var column = 1
    while at < bytes.count, column < mark.column {
      at += 1
      // Bytes that go on with a scalar.
      while at < bytes.count, bytes[at] & 0xC0 == 0x80 { at += 1 }
      column += 1
    }
    return column == mark.column ? at : nil
  }

  // MARK: Writing

  private mutating func write(_ key: Node, _ value: Node, depth: Int) throws(Problem) {
    guard depth <= limits.depth else {
      throw Problem(line: YAMLText.line(of: key), problem: "it is nested too deeply")
    }
    // What an alias repeats is written as often as it is named.
    guard bytes.count <= limits.bytes else {
      throw Problem(line: YAMLText.line(of: key), problem: "it stands for too much")
    }
    let name = try name(of: key)
    guard let items = value.sequence else {
      return try element(name, value, at: key, depth: depth)
    }
    for item in items { try element(name, item, at: item, depth: depth) }
  }

  private mutating func element(
    _ name: String,
    _ value: Node,
    at place: Node,
    depth: Int
  ) throws(Problem) {
    advance(to: YAMLText.line(of: place))
    bytes += "<\(name)".utf8
    guard let pairs = value.mapping else {
      let text = try text(of: value)
      bytes += (text.isEmpty ? "/>" : ">").utf8
      if !text.isEmpty { close(name, text) }
      return
    }
    var children: [(Node, Node)] = []
    var text = ""
    for (key, value) in pairs {
      let spelled = key.scalar?.string ?? ""
      if spelled.hasPrefix("@") {
        bytes += " \(try self.name(of: key, dropping: 1))=\"".utf8
        escape(try self.text(of: value))
        bytes.append(UInt8(ascii: "\""))
      } else if spelled == "#text" {
        text += try self.text(of: value)
      } else {
        children.append((key, value))
      }
    }
    bytes.append(UInt8(ascii: ">"))
    guard text.isEmpty || children.isEmpty else {
      throw Problem(line: YAMLText.line(of: place), problem: "“\(name)” holds elements and a text")
    }
    for (key, value) in children { try write(key, value, depth: depth + 1) }
    close(name, text)
  }

  private mutating func close(_ name: String, _ text: String) {
    escape(text)
    bytes += "</\(name)>".utf8
  }

  private mutating func advance(to line: Int) {
    while self.line < line {
      bytes.append(0x0A)
      self.line += 1
    }
  }

  /// Ends of lines are spelled, so that lines stay where they are.
  private mutating func escape(_ text: String) {
    var writer = DocumentWriter()
    writer.text(text)
    bytes += writer.bytes
  }

  private func text(of node: Node) throws(Problem) -> String {
    guard let scalar = node.scalar else {
      throw Problem(line: YAMLText.line(of: node), problem: "a text is expected here")
    }
    let isNothing = scalar.style == .plain && YAMLText.nothing.contains(scalar.string)
    let allowed = scalar.string.unicodeScalars.allSatisfy {
      $0.value >= 0x20 || $0 == "\t" || $0 == "\n" || $0 == "\r"
    }
    guard allowed else {
      throw Problem(line: YAMLText.line(of: node), problem: "a text holds control characters")
    }
    return isNothing ? "" : scalar.string
  }

  private func name(of key: Node, dropping prefix: Int = 0) throws(Problem) -> String {
    let name = (key.scalar?.string ?? "").dropFirst(prefix)
    let isName =
      name.unicodeScalars.first.map { $0 == "_" || $0.properties.isAlphabetic } == true
      && name.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
          || "_-.:".unicodeScalars.contains($0)
      }
    guard isName else {
      throw Problem(line: YAMLText.line(of: key), problem: "“\(name)” is no name of an element")
    }
    return String(name)
  }
}
