internal import CXML

/// An element as a value that can be changed: for editing one definition, not for reading packages.
package struct XMLNode: Equatable, Sendable {
  /// Spelled as in the document; empty for text between elements.
  package var name: String
  package var attributes: [Attribute]
  /// Exact text of a leaf.
  package var text: String
  package var children: [XMLNode]
  /// Namespaces that its own name and attributes use, by prefix.
  private var namespaces: [String: String] = [:]

  package struct Attribute: Equatable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(
    _ name: String,
    _ attributes: [Attribute] = [],
    text: String = "",
    children: [XMLNode] = []
  ) {
    self.name = name
    self.attributes = attributes
    self.text = text
    self.children = children
  }

  /// An element of a fragment with all that belongs to it.
  package init(_ element: XMLElement, of fragment: XMLFragment) {
    self.init(tag: element)
    text = element.text
    children = fragment.children(of: element).map { XMLNode($0, of: fragment) }
  }

  /// Only the tag.
  private init(tag element: XMLElement) {
    self.init(
      element.name,
      element.attributes.map { Attribute($0.name, $0.value) }
    )
    if element.tree.hasNamespaces { namespaces = element.namespaces }
  }

  package subscript(attribute name: String) -> String? {
    get { attributes.first { $0.name == name }?.value }
    set {
      guard let place = attributes.firstIndex(where: { $0.name == name }) else {
        if let newValue { attributes.append(Attribute(name, newValue)) }
        return
      }
      if let newValue { attributes[place].value = newValue } else { attributes.remove(at: place) }
    }
  }

  // MARK: As a document

  /// Reads the node as a fragment of a document of its own.
  ///
  /// - Parameter wrapper: an element whose tag stands around it.
  package func fragment(in wrapper: XMLElement? = nil) throws(XMLError) -> XMLFragment {
    var outer = self
    if let wrapper {
      outer = XMLNode(tag: wrapper)
      outer.children = [self]
    }
    var bytes: [UInt8] = []
    outer.write(to: &bytes)
    let root = try XMLTree(bytes).root
    let inner = wrapper == nil ? root : root.children.first { !$0.isText }
    return XMLFragment(inner ?? root, isWrapped: wrapper != nil)
  }

  private func write(to bytes: inout [UInt8]) {
    guard !name.isEmpty else { return Self.escape(text, to: &bytes) }
    bytes += Array("<\(name)".utf8)
    for (prefix, uri) in namespaces {
      bytes += Array((prefix.isEmpty ? " xmlns=\"" : " xmlns:\(prefix)=\"").utf8)
      Self.escape(uri, to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    }
    for attribute in attributes {
      bytes += Array(" \(attribute.name)=\"".utf8)
      Self.escape(attribute.value, to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
    if children.isEmpty { Self.escape(text, to: &bytes) }
    for child in children { child.write(to: &bytes) }
    bytes += Array("</\(name)>".utf8)
  }

  private static func escape(_ text: String, to bytes: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
      case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
      case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
      case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
      case 0x09, 0x0A, 0x0D: bytes += Array("&#\(byte);".utf8)
      default: bytes.append(byte)
      }
    }
  }
}

extension XMLElement {
  /// By prefix, those that the element's name and its attributes use.
  fileprivate var namespaces: [String: String] {
    let columns = tree.storage.pointee
    var found: [String: String] = [:]
    func use(_ name: Int) {
      let prefix = tree.names[name].utf8.prefix(max(0, Int(columns.name_prefix[name]) - 1))
      let uri = XMLTree.string(
        columns.arena,
        columns.name_uri_offset[name],
        columns.name_uri_length[name]
      )
      found[String(prefix) ?? ""] = uri
    }
    use(Int(columns.name[Int(index)]))
    for number in Int(columns.attribute[Int(index)])..<Int(columns.attribute[Int(index) + 1]) {
      let name = Int(columns.attribute_name[number])
      if columns.name_prefix[name] > 0 { use(name) }
    }
    return found.filter { $0.key != "xml" && !($0.key.isEmpty && $0.value.isEmpty) }
  }
}
