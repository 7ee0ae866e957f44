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
    try self.init(try PlainDocument(consume document, isText: isText), limits: limits)
  }

  /// Reads a document of which the beginning is read.
  convenience init(_ plain: PlainDocument, limits: XMLLimits) throws(XMLError) {
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

  /// - Parameter names: those of the tree, where they are made already.
  init(adopting storage: UnsafeMutablePointer<strata_xml_tree>, named names: XMLNames? = nil) {
    self.storage = storage
    let known = names ?? XMLNames(of: storage.pointee)
    self.names = known.names
    numbers = known.numbers
    ranks = known.ranks
    hasNamespaces = known.hasNamespaces
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
    String(decoding: bytes(arena, offset, length), as: UTF8.self)
  }

  static func bytes(
    _ arena: UnsafePointer<UInt8>,
    _ offset: UInt32,
    _ length: UInt32
  ) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: arena + Int(offset), count: Int(length))
  }
}

// SAFETY: nothing is written after init; the memory is freed in deinit, when no one holds the tree any more.
extension XMLTree: @unchecked Sendable {}

extension strata_xml_limits {
  init(_ limits: XMLLimits) {
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
  init(_ failure: strata_xml_failure) {
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
