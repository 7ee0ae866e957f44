internal import CXML

/// An immutable XML document as flat arrays; elements are indices into it (`XMLElement`).
///
/// Blank text between elements is not kept, all other text is exact. Comments and processing instructions are dropped.
/// Names are interned: equal names have equal numbers within one tree.
package final class XMLTree {
  let storage: UnsafeMutablePointer<strata_xml_tree>
  /// Qualified spelling of each name; the name 0 is text between elements.
  let names: [String]
  let numbers: [String: UInt32]
  /// Place of each name in canonical attribute order.
  let ranks: [UInt32]
  let hasNamespaces: Bool

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - document: its bytes; give up your copy, so that it need not be copied.
  ///   - isText: programs hold it as text, so that the encoding it declares means nothing.
  package convenience init(
    _ document: consuming [UInt8],
    limits: XMLLimits = .standard,
    isText: Bool = false
  ) throws(XMLError) {
    let plain = try PlainDocument(consume document, isText: isText)
    var limits = strata_xml_limits(limits)
    var failure = strata_xml_failure()
    let parsed = plain.bytes.withUnsafeBufferPointer {
      buffer -> UnsafeMutablePointer<strata_xml_tree>? in
      guard let base = buffer.baseAddress else { return nil }
      return strata_xml_parse(
        base + plain.start,
        buffer.count - 1 - plain.start,
        UInt32(plain.firstLine),
        &limits,
        &failure
      )
    }
    guard let parsed else { throw XMLError(failure) }
    self.init(adopting: parsed)
  }

  private init(adopting storage: UnsafeMutablePointer<strata_xml_tree>) {
    self.storage = storage
    let tree = storage.pointee
    var names: [String] = []
    var uris: [String] = []
    names.reserveCapacity(Int(tree.name_count))
    for id in 0..<Int(tree.name_count) {
      names.append(
        Self.string(tree.arena, tree.name_offset[id], tree.name_length[id])
      )
      uris.append(Self.string(tree.arena, tree.name_uri_offset[id], tree.name_uri_length[id]))
    }
    self.names = names
    var numbers = [String: UInt32](minimumCapacity: names.count)
    // Two prefixes bound differently may spell one name; the first wins a look-up.
    for (id, name) in names.enumerated().dropFirst() where numbers[name] == nil {
      numbers[name] = UInt32(id)
    }
    self.numbers = numbers
    hasNamespaces = uris.contains { !$0.isEmpty }

    // Canonical order: by namespace, then by local name, compared as UTF-8.
    let locals = names.indices.map {
      Array(names[$0].utf8.dropFirst(Int(tree.name_prefix[$0])))
    }
    let order = names.indices.sorted {
      let (left, right) = (Array(uris[$0].utf8), Array(uris[$1].utf8))
      return left == right
        ? locals[$0].lexicographicallyPrecedes(locals[$1])
        : left.lexicographicallyPrecedes(right)
    }
    var ranks = [UInt32](repeating: 0, count: names.count)
    for (rank, id) in order.enumerated() { ranks[id] = UInt32(rank) }
    self.ranks = ranks
  }

  deinit { strata_xml_free(storage) }

  /// A name as the number it has in one tree: looked up once, compared on every element.
  package struct Name: Sendable {
    let number: UInt32

    /// Of names that the document does not hold.
    static let absent = Name(number: .max)

    /// Whether the document holds an element or attribute of that name.
    package var isPresent: Bool { number != Self.absent.number }
  }

  package func name(_ spelling: String) -> Name {
    numbers[spelling].map { Name(number: $0) } ?? .absent
  }

  /// The document's element.
  package var root: XMLElement { XMLElement(tree: self, index: 0) }

  /// Bytes of memory that it takes, about.
  package var memory: Int {
    let tree = storage.pointee
    return 1_024 + Int(tree.node_count) * 28 + Int(tree.attribute_count) * 12
      + Int(tree.name_count) * 256 + Int(tree.arena_size)
  }

  static func string(_ arena: UnsafePointer<UInt8>, _ offset: UInt32, _ length: UInt32) -> String {
    String(
      decoding: UnsafeBufferPointer(start: arena + Int(offset), count: Int(length)),
      as: UTF8.self
    )
  }
}

// SAFETY: nothing is written after init; the memory is freed in deinit, when no one holds the tree any more.
extension XMLTree: @unchecked Sendable {}

extension strata_xml_limits {
  fileprivate init(_ limits: XMLLimits) {
    self.init(
      bytes: UInt32(clamping: limits.bytes),
      nodes: UInt32(clamping: limits.nodes),
      attributes_per_element: UInt32(clamping: limits.attributesPerElement),
      names: UInt32(clamping: limits.names),
      name_bytes: UInt32(clamping: limits.nameBytes),
      depth: UInt32(clamping: limits.depth)
    )
  }
}

extension XMLError {
  fileprivate init(_ failure: strata_xml_failure) {
    let message = withUnsafeBytes(of: failure.message) { buffer in
      String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
    }
    let reason: Reason =
      switch failure.status {
      case STRATA_XML_DOCTYPE: .documentType
      case STRATA_XML_NUL: .nul
      case STRATA_XML_TOO_LARGE: .tooLarge
      case STRATA_XML_TOO_DEEP: .tooDeep
      case STRATA_XML_TOO_MANY_ATTRIBUTES: .tooManyAttributes
      case STRATA_XML_TOO_MANY_NAMES: .tooManyNames
      case STRATA_XML_OUT_OF_MEMORY: .outOfMemory
      default: .notWellFormed
      }
    self.init(reason: reason, line: Int(failure.line), message: message)
  }
}
