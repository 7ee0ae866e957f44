internal import CXML

/// Writes fragments in Exclusive XML Canonicalization 1.0 without comments: equal trees, equal bytes.
///
/// One growing buffer serves one fragment after the other.
package struct CanonicalWriter: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0
  /// Namespaces rendered by the open elements, innermost last; used only where names have any.
  private var scope: [(element: UInt32, prefix: String, uri: String)] = []
  /// Other content for one element.
  private var substitute: (element: UInt32, content: [UInt8])?

  package init(capacity: Int = 1 << 16) {
    self.capacity = max(capacity, 256)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  /// Writes a fragment; the bytes are valid within `body`.
  package mutating func withBytes<Result>(
    of fragment: XMLFragment,
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    count = 0
    scope.removeAll(keepingCapacity: true)
    write(fragment)
    return try body(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// The canonical bytes of a fragment.
  package static func bytes(of fragment: XMLFragment) -> [UInt8] {
    var writer = CanonicalWriter()
    return writer.withBytes(of: fragment) { Array($0) }
  }

  /// The canonical bytes of a fragment in which one element has other content.
  ///
  /// - Parameter content: canonical itself, and not empty.
  package static func bytes(
    of fragment: XMLFragment,
    childrenOf element: XMLElement,
    being content: [UInt8]
  ) -> [UInt8] {
    var writer = CanonicalWriter()
    writer.substitute = (element.index, content)
    return writer.withBytes(of: fragment) { Array($0) }
  }

  // MARK: The tree

  private mutating func write(_ fragment: XMLFragment) {
    let tree = fragment.element.tree
    let columns = tree.storage.pointee
    let top = fragment.element.index
    let end = columns.end[Int(top)]
    let wrapper = fragment.isWrapped ? columns.parent[Int(top)] : STRATA_XML_NO_PARENT
    if wrapper != STRATA_XML_NO_PARENT { open(wrapper, tree, columns) }

    var cuts = fragment.cuts.makeIterator()
    var cut = cuts.next()
    var node = top
    var current = STRATA_XML_NO_PARENT  // the innermost open element
    while true {
      while current != STRATA_XML_NO_PARENT, columns.end[Int(current)] <= node {
        close(current, tree, columns)
        current = current == top ? STRATA_XML_NO_PARENT : columns.parent[Int(current)]
      }
      if node >= end { break }
      if let range = cut, range.lowerBound <= node {
        node = range.upperBound
        cut = cuts.next()
        continue
      }
      let at = Int(node)
      if columns.name[at] != STRATA_XML_TEXT { open(node, tree, columns) }
      if let substitute, substitute.element == node {
        append(substitute.content)
        close(node, tree, columns)
        node = columns.end[at]
        continue
      }
      if columns.text_length[at] > 0 {
        escape(columns.text_offset[at], columns.text_length[at], columns, .text)
      }
      if columns.end[at] > node + 1 {
        current = node
      } else if columns.name[at] != STRATA_XML_TEXT {
        close(node, tree, columns)
      }
      node += 1
    }
    if wrapper != STRATA_XML_NO_PARENT { close(wrapper, tree, columns) }
  }

  private mutating func open(_ node: UInt32, _ tree: XMLTree, _ columns: strata_xml_tree) {
    let name = Int(columns.name[Int(node)])
    let length = Int(columns.name_length[name])
    reserve(length + 2)
    var out = start + count
    out.put(0x3C)
    out.put(columns.arena + Int(columns.name_offset[name]), length)
    count = out - start
    let attributes = Int(columns.attribute[Int(node)])..<Int(columns.attribute[Int(node) + 1])
    if tree.hasNamespaces { declareNamespaces(node, attributes: attributes, tree, columns) }
    if !attributes.isEmpty { write(attributes: attributes, tree.ranks, columns) }
    reserve(1)
    start[count] = 0x3E
    count += 1
  }

  /// In order of rank; they are few and mostly in order, so each is pushed down to its place.
  private mutating func write(
    attributes: Range<Int>,
    _ ranks: [UInt32],
    _ columns: strata_xml_tree
  ) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: attributes.count) { sorted in
      for number in attributes {
        let rank = ranks[Int(columns.attribute_name[number])]
        var place = number - attributes.lowerBound
        while place > 0, ranks[Int(columns.attribute_name[sorted[place - 1]])] > rank {
          sorted[place] = sorted[place - 1]
          place -= 1
        }
        sorted[place] = number
      }
      for number in sorted { write(attribute: number, columns) }
    }
  }

  private mutating func close(_ node: UInt32, _ tree: XMLTree, _ columns: strata_xml_tree) {
    let name = Int(columns.name[Int(node)])
    let length = Int(columns.name_length[name])
    reserve(length + 3)
    var out = start + count
    out.put(0x3C)
    out.put(0x2F)
    out.put(columns.arena + Int(columns.name_offset[name]), length)
    out.put(0x3E)
    count = out - start
    if tree.hasNamespaces {
      while let last = scope.last, last.element == node { scope.removeLast() }
    }
  }

  private mutating func write(attribute number: Int, _ columns: strata_xml_tree) {
    let name = Int(columns.attribute_name[number])
    let length = Int(columns.name_length[name])
    let valueLength = Int(columns.attribute_length[number])
    reserve(length + valueLength * Escapes.lengthMax + 4)
    var out = start + count
    out.put(0x20)
    out.put(columns.arena + Int(columns.name_offset[name]), length)
    out.put(0x3D)
    out.put(0x22)
    out.put(
      escaping: columns.arena + Int(columns.attribute_offset[number]),
      valueLength,
      .attribute
    )
    out.put(0x22)
    count = out - start
  }

  // MARK: Namespaces

  /// Declares what this element and its attributes use and no open element has declared alike.
  private mutating func declareNamespaces(
    _ node: UInt32,
    attributes: Range<Int>,
    _ tree: XMLTree,
    _ columns: strata_xml_tree
  ) {
    var used: [String: Int] = [:]
    func use(_ name: Int) {
      let prefixLength = Int(columns.name_prefix[name])
      let prefix = String(tree.names[name].utf8.prefix(max(0, prefixLength - 1))) ?? ""
      used[prefix] = name
    }
    use(Int(columns.name[Int(node)]))
    for number in attributes {
      let name = Int(columns.attribute_name[number])
      if columns.name_prefix[name] > 0 { use(name) }
    }
    for (prefix, name) in used.sorted(by: { $0.key < $1.key }) where prefix != "xml" {
      let (offset, length) = (columns.name_uri_offset[name], columns.name_uri_length[name])
      let uri = XMLTree.string(columns.arena, offset, length)
      let rendered = scope.last { $0.prefix == prefix }?.uri ?? ""
      guard rendered != uri else { continue }
      scope.append((node, prefix, uri))
      append(Array((prefix.isEmpty ? " xmlns=\"" : " xmlns:\(prefix)=\"").utf8))
      escape(offset, length, columns, .attribute)
      append([0x22])
    }
  }

  // MARK: Bytes

  /// Makes room for that many bytes and for the chunk that `put` may write beyond them.
  @inline(__always)
  private mutating func reserve(_ more: Int) {
    let more = more + Chunk.scalarCount
    if count + more > capacity { grow(more) }
  }

  private mutating func grow(_ more: Int) {
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }

  private mutating func append(_ bytes: [UInt8]) {
    reserve(bytes.count)
    (start + count).update(from: bytes, count: bytes.count)
    count += bytes.count
  }

  private mutating func escape(
    _ offset: UInt32,
    _ length: UInt32,
    _ columns: strata_xml_tree,
    _ escapes: Escapes
  ) {
    reserve(Int(length) * Escapes.lengthMax)
    var out = start + count
    out.put(escaping: columns.arena + Int(offset), Int(length), escapes)
    count = out - start
  }
}

// Names and values are short, so they are copied in chunks: what the last one holds beyond their end is written
// over by what comes next. The arena has a chunk to spare behind its last byte, the buffer what `reserve` adds.

private typealias Chunk = SIMD16<UInt8>

extension UnsafeMutablePointer<UInt8> {
  @inline(__always)
  fileprivate mutating func put(_ byte: UInt8) {
    pointee = byte
    self += 1
  }

  @inline(__always)
  fileprivate mutating func put(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    for at in stride(from: 0, to: length, by: Chunk.scalarCount) {
      UnsafeMutableRawPointer(self + at).storeBytes(of: (bytes + at).chunk, as: Chunk.self)
    }
    self += length
  }

  @inline(__always)
  fileprivate mutating func put(
    escaping bytes: UnsafePointer<UInt8>,
    _ length: Int,
    _ escapes: Escapes
  ) {
    for at in stride(from: 0, to: length, by: Chunk.scalarCount) {
      let chunk = (bytes + at).chunk
      let width = Swift.min(Chunk.scalarCount, length - at)
      if Escapes.mayBeNeeded(chunk) {
        for byte in UnsafeBufferPointer(start: bytes + at, count: width) { put(byte, escapes) }
      } else {
        UnsafeMutableRawPointer(self).storeBytes(of: chunk, as: Chunk.self)
        self += width
      }
    }
  }

  private mutating func put(_ byte: UInt8, _ escapes: Escapes) {
    guard escapes.needed(byte) else { return put(byte) }
    for byte in Escapes.spelling(byte).utf8 { put(byte) }
  }
}

extension UnsafePointer<UInt8> {
  @inline(__always)
  fileprivate var chunk: Chunk { UnsafeRawPointer(self).loadUnaligned(as: Chunk.self) }
}

/// Which bytes Canonical XML spells as references.
private struct Escapes {
  static let text = Escapes(mask: 1 << 0x26 | 1 << 0x3C | 1 << 0x3E | 1 << 0x0D)
  static let attribute = Escapes(
    mask: 1 << 0x26 | 1 << 0x3C | 1 << 0x22 | 1 << 0x09 | 1 << 0x0A | 1 << 0x0D
  )

  /// The longest spelling, in bytes.
  static let lengthMax = 6

  /// One bit for each byte below 64.
  let mask: UInt64

  @inline(__always)
  func needed(_ byte: UInt8) -> Bool { byte < 64 && mask >> UInt64(byte) & 1 == 1 }

  /// Whether a byte is a control character or one of `"&<>`, which differ in one bit by pairs.
  ///
  /// In arithmetic because comparing SIMD vectors is a loop over their bytes.
  @inline(__always)
  static func mayBeNeeded(_ bytes: Chunk) -> Bool {
    let quoteOrAmpersand = (bytes & Chunk(repeating: ~0x04)) ^ Chunk(repeating: 0x22)
    let lessOrGreater = (bytes & Chunk(repeating: ~0x02)) ^ Chunk(repeating: 0x3C)
    // The high bit of (x - n) & ~x is set where x is below n, for n up to 128.
    let control = (bytes &- Chunk(repeating: 0x20)) & ~bytes
    let quotes = (quoteOrAmpersand &- Chunk(repeating: 1)) & ~quoteOrAmpersand
    let angles = (lessOrGreater &- Chunk(repeating: 1)) & ~lessOrGreater
    let found = unsafeBitCast(
      (control | quotes | angles) & Chunk(repeating: 0x80),
      to: SIMD2<UInt64>.self
    )
    return found.x | found.y != 0
  }

  static func spelling(_ byte: UInt8) -> String {
    switch byte {
    case 0x26: "&amp;"
    case 0x3C: "&lt;"
    case 0x3E: "&gt;"
    case 0x22: "&quot;"
    case 0x09: "&#x9;"
    case 0x0A: "&#xA;"
    default: "&#xD;"
    }
  }
}
