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
        escape(columns.arena + Int(columns.text_offset[at]), columns.text_length[at], textEscapes)
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
    reserve(length + 1)
    put(0x3C)
    put(columns.arena + Int(columns.name_offset[name]), length)
    let first = Int(columns.attribute[Int(node)])
    let last = Int(columns.attribute[Int(node) + 1])
    if tree.hasNamespaces { declareNamespaces(node, attributes: first..<last, tree, columns) }
    if first < last {
      if isSorted(first..<last, tree, columns) {
        for number in first..<last { write(attribute: number, columns) }
      } else {
        let sorted = (first..<last).sorted {
          tree.ranks[Int(columns.attribute_name[$0])] < tree.ranks[Int(columns.attribute_name[$1])]
        }
        for number in sorted { write(attribute: number, columns) }
      }
    }
    reserve(1)
    put(0x3E)
  }

  private mutating func close(_ node: UInt32, _ tree: XMLTree, _ columns: strata_xml_tree) {
    let name = Int(columns.name[Int(node)])
    let length = Int(columns.name_length[name])
    reserve(length + 3)
    put(0x3C)
    put(0x2F)
    put(columns.arena + Int(columns.name_offset[name]), length)
    put(0x3E)
    if tree.hasNamespaces {
      while let last = scope.last, last.element == node { scope.removeLast() }
    }
  }

  private func isSorted(
    _ attributes: Range<Int>,
    _ tree: XMLTree,
    _ columns: strata_xml_tree
  ) -> Bool {
    for number in attributes.dropFirst() {
      let before = tree.ranks[Int(columns.attribute_name[number - 1])]
      if tree.ranks[Int(columns.attribute_name[number])] < before { return false }
    }
    return true
  }

  private mutating func write(attribute number: Int, _ columns: strata_xml_tree) {
    let name = Int(columns.attribute_name[number])
    let length = Int(columns.name_length[name])
    reserve(length + 4)
    put(0x20)
    put(columns.arena + Int(columns.name_offset[name]), length)
    put(0x3D)
    put(0x22)
    escape(
      columns.arena + Int(columns.attribute_offset[number]),
      columns.attribute_length[number],
      attributeEscapes
    )
    reserve(1)
    put(0x22)
  }

  // MARK: Namespaces

  /// Declares what this element and its attributes use and no open element has declared alike.
  private mutating func declareNamespaces(
    _ node: UInt32,
    attributes: Range<Int>,
    _ tree: XMLTree,
    _ columns: strata_xml_tree
  ) {
    var used: [String: String] = [:]
    func use(_ name: Int) {
      let prefixLength = Int(columns.name_prefix[name])
      let prefix = String(tree.names[name].utf8.prefix(max(0, prefixLength - 1))) ?? ""
      used[prefix] = XMLTree.string(
        columns.arena,
        columns.name_uri_offset[name],
        columns.name_uri_length[name]
      )
    }
    use(Int(columns.name[Int(node)]))
    for number in attributes {
      let name = Int(columns.attribute_name[number])
      if columns.name_prefix[name] > 0 { use(name) }
    }
    for (prefix, uri) in used.sorted(by: { $0.key < $1.key }) where prefix != "xml" {
      let rendered = scope.last { $0.prefix == prefix }?.uri ?? ""
      guard rendered != uri else { continue }
      scope.append((node, prefix, uri))
      append(prefix.isEmpty ? " xmlns=\"" : " xmlns:\(prefix)=\"")
      var uri = uri
      uri.withUTF8 { utf8 in
        if let base = utf8.baseAddress { escape(base, UInt32(utf8.count), attributeEscapes) }
      }
      append("\"")
    }
  }

  // MARK: Bytes

  // `put` writes into what `reserve` has made room for.

  private mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    start[count] = byte
    count += 1
  }

  @inline(__always)
  private mutating func put(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    (start + count).update(from: bytes, count: length)
    count += length
  }

  private mutating func append(_ bytes: [UInt8]) {
    reserve(bytes.count)
    bytes.withUnsafeBufferPointer { if let base = $0.baseAddress { put(base, bytes.count) } }
  }

  private mutating func append(_ text: String) {
    reserve(text.utf8.count)
    for byte in text.utf8 { put(byte) }
  }

  /// Copies runs of plain bytes and spells the others as the table says.
  private mutating func escape(
    _ bytes: UnsafePointer<UInt8>,
    _ length: UInt32,
    _ escapes: Escapes
  ) {
    let end = Int(length)
    reserve(end * Escapes.lengthMax)
    var run = 0
    var at = 0
    while at < end {
      if escapes.needed(bytes[at]) {
        put(bytes + run, at - run)
        for byte in escapes.spelling(bytes[at]).utf8 { put(byte) }
        run = at + 1
      }
      at += 1
    }
    put(bytes + run, end - run)
  }
}

/// Which bytes Canonical XML spells as references.
private struct Escapes {
  /// The longest spelling, in bytes.
  static let lengthMax = 6

  /// One bit for each byte below 64.
  let mask: UInt64

  @inline(__always)
  func needed(_ byte: UInt8) -> Bool { byte < 64 && mask >> UInt64(byte) & 1 == 1 }

  func spelling(_ byte: UInt8) -> String {
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

  init(_ bytes: [UInt8]) { mask = bytes.reduce(0) { $0 | 1 << UInt64($1) } }
}

private let textEscapes = Escapes([0x26, 0x3C, 0x3E, 0x0D])
private let attributeEscapes = Escapes([0x26, 0x3C, 0x22, 0x09, 0x0A, 0x0D])
