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
    append(0x3C)
    append(columns.arena + Int(columns.name_offset[name]), Int(columns.name_length[name]))
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
    append(0x3E)
  }

  private mutating func close(_ node: UInt32, _ tree: XMLTree, _ columns: strata_xml_tree) {
    let name = Int(columns.name[Int(node)])
    append(0x3C)
    append(0x2F)
    append(columns.arena + Int(columns.name_offset[name]), Int(columns.name_length[name]))
    append(0x3E)
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
    append(0x20)
    append(columns.arena + Int(columns.name_offset[name]), Int(columns.name_length[name]))
    append(0x3D)
    append(0x22)
    escape(
      columns.arena + Int(columns.attribute_offset[number]),
      columns.attribute_length[number],
      attributeEscapes
    )
    append(0x22)
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
      append(0x22)
    }
  }

  // MARK: Bytes

  private mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }

  private mutating func append(_ byte: UInt8) {
    reserve(1)
    start[count] = byte
    count += 1
  }

  private mutating func append(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    reserve(length)
    (start + count).update(from: bytes, count: length)
    count += length
  }

  private mutating func append(_ text: String) {
    for byte in text.utf8 { append(byte) }
  }

  /// Copies runs of plain bytes and spells the others as the table says.
  private mutating func escape(
    _ bytes: UnsafePointer<UInt8>,
    _ length: UInt32,
    _ escapes: Escapes
  ) {
    let end = Int(length)
    var run = 0
    var at = 0
    while at < end {
      if escapes.needed(bytes[at]) {
        append(bytes + run, at - run)
        append(escapes.spelling(bytes[at]))
        run = at + 1
      }
      at += 1
    }
    append(bytes + run, end - run)
  }
}

/// Which bytes Canonical XML spells as references.
private struct Escapes {
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
