internal import CXML

/// A document as it is spelled: what `XMLTree` reads, and for each of its elements the bytes where it stands.
///
/// Nothing is parsed here: libxml2 has found the document well-formed and free of a document type, so that each `<`
/// begins a tag, a comment, a section of characters or an instruction, and elements come in the order of the tree.
package final class SourceDocument: Sendable {
  package let tree: XMLTree
  /// UTF-8, with everything that stands before the root.
  let bytes: [UInt8]
  let spans: [Span]
  /// The place of each node of the tree among `spans`; -1 for text.
  private let places: [Int32]

  /// Where an element stands.
  struct Span: Sendable {
    /// Its start tag, from `<` to behind `>`.
    var tag: Range<Int>
    /// Where its end tag begins; the end of the start tag where that is all there is.
    var contentEnd = 0
    /// Behind it.
    var end = 0
    /// The first element behind it that does not lie in it.
    var next = 0
    var holdsElements = false
    /// Whether characters stand directly in it that are no white space.
    var holdsText = false
    /// Whether lines end in it, or it holds a carriage return.
    var holdsBreaks = false
  }

  /// - Throws: as `XMLTree`.
  package init(_ document: [UInt8], limits: XMLLimits = .standard) throws(XMLError) {
    let plain = try PlainDocument(document)
    tree = try XMLTree(plain, limits: limits)
    var scanner = SourceScanner(plain.bytes, from: plain.start)
    scanner.scan()
    bytes = plain.bytes
    spans = scanner.spans
    let columns = tree.storage.pointee
    var places: [Int32] = []
    var count: Int32 = 0
    places.reserveCapacity(Int(columns.node_count))
    for node in 0..<Int(columns.node_count) {
      let isText = XMLElement(tree: tree, index: UInt32(node)).isText
      places.append(isText ? -1 : count)
      if !isText { count += 1 }
    }
    guard Int(count) == spans.count else {
      throw XMLError(reason: .notWellFormed, line: 1, message: "its elements cannot be told apart")
    }
    self.places = places
  }

  package var root: XMLElement { tree.root }

  /// The place of an element of the tree.
  func place(of element: XMLElement) -> Int { Int(places[Int(element.index)]) }

  /// An attribute as it is spelled, with the blank before it; nil where the element has none of that name.
  package func spelling(of attribute: String, in element: XMLElement) -> [UInt8]? {
    SourceTag(bytes[spans[place(of: element)].tag]).attributes
      .first { $0.name == attribute }.map { Array($0.bytes) }
  }

  /// In bytes.
  package var size: Int { bytes.count }

  /// Bytes of memory that it takes, about.
  package var memory: Int { tree.memory + bytes.count + spans.count * 80 + places.count * 4 }
}

/// Finds where elements begin and end.
private struct SourceScanner {
  private let bytes: [UInt8]
  private(set) var spans: [SourceDocument.Span] = []
  private var open: [Int] = []
  private var at: Int

  init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    at = start
  }

  mutating func scan() {
    bytes.withUnsafeBufferPointer { buffer in
      // The last byte is the NUL behind the document.
      let end = buffer.count - 1
      while at < end {
        if buffer[at] == UInt8(ascii: "<") { tag(buffer, end) } else { text(buffer, end) }
      }
    }
  }

  private mutating func text(_ buffer: UnsafeBufferPointer<UInt8>, _ end: Int) {
    var holdsText = false
    var holdsBreaks = false
    while at < end, buffer[at] != UInt8(ascii: "<") {
      switch buffer[at] {
      case 0x0A, 0x0D: holdsBreaks = true
      case 0x20, 0x09: break
      default: holdsText = true
      }
      at += 1
    }
    note(text: holdsText, breaks: holdsBreaks)
  }

  private mutating func note(text: Bool, breaks: Bool) {
    guard let inner = open.last else { return }
    if text { spans[inner].holdsText = true }
    if breaks { spans[inner].holdsBreaks = true }
  }

  private mutating func tag(_ buffer: UnsafeBufferPointer<UInt8>, _ end: Int) {
    let start = at
    switch at + 1 < end ? buffer[at + 1] : 0 {
    case UInt8(ascii: "!"):
      let isComment = at + 3 < end && buffer[at + 2] == UInt8(ascii: "-")
      skip(isComment ? "-->" : "]]>", buffer, end)
      note(text: !isComment, breaks: Self.breaks(buffer, start..<at))
    case UInt8(ascii: "?"):
      skip("?>", buffer, end)
      note(text: false, breaks: Self.breaks(buffer, start..<at))
    case UInt8(ascii: "/"):
      while at < end, buffer[at] != UInt8(ascii: ">") { at += 1 }
      at = min(at + 1, end)
      close(contentEnd: start)
    default: startTag(buffer, end)
    }
  }

  private mutating func startTag(_ buffer: UnsafeBufferPointer<UInt8>, _ end: Int) {
    let start = at
    var quote: UInt8?
    var holdsBreaks = false
    while at < end {
      let byte = buffer[at]
      if byte == 0x0A || byte == 0x0D { holdsBreaks = true }
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        break
      }
      at += 1
    }
    at = min(at + 1, end)
    if let outer = open.last { spans[outer].holdsElements = true }
    var span = SourceDocument.Span(tag: start..<at)
    span.holdsBreaks = holdsBreaks
    open.append(spans.count)
    spans.append(span)
    if at >= start + 2, buffer[at - 2] == UInt8(ascii: "/") { close(contentEnd: at) }
  }

  private mutating func close(contentEnd: Int) {
    guard let inner = open.popLast() else { return }
    spans[inner].contentEnd = contentEnd
    spans[inner].end = at
    spans[inner].next = spans.count
    if spans[inner].holdsBreaks, let outer = open.last { spans[outer].holdsBreaks = true }
  }

  /// To behind the end of what is no element.
  private mutating func skip(_ mark: String, _ buffer: UnsafeBufferPointer<UInt8>, _ end: Int) {
    let mark = Array(mark.utf8)
    while at < end {
      if at + mark.count <= end, mark.indices.allSatisfy({ buffer[at + $0] == mark[$0] }) {
        at += mark.count
        return
      }
      at += 1
    }
  }

  private static func breaks(_ buffer: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    range.contains { buffer[$0] == 0x0A || buffer[$0] == 0x0D }
  }
}
