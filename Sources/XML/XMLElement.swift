internal import CXML

/// A place in an `XMLTree`: an element, or a piece of text between elements.
package struct XMLElement: Sendable {
  package let tree: XMLTree
  let index: UInt32

  init(tree: XMLTree, index: UInt32) {
    self.tree = tree
    self.index = index
  }

  private var columns: strata_xml_tree { tree.storage.pointee }
  private var at: Int { Int(index) }

  /// Text that stands between elements; it has neither name nor attributes.
  package var isText: Bool { columns.name[at] == STRATA_XML_TEXT }

  /// Spelled as in the document, prefix included; empty for text.
  package var name: String { tree.names[Int(columns.name[at])] }

  /// Which place of its tree it is, in document order.
  package var number: Int { at }

  /// 1-based.
  package var line: Int { Int(columns.line[at]) }

  /// Exact text of a leaf; empty where there are child elements.
  package var text: String {
    XMLTree.string(columns.arena, columns.text_offset[at], columns.text_length[at])
  }

  package var hasText: Bool { columns.text_length[at] > 0 }

  package var hasChildren: Bool { columns.end[at] > index + 1 }

  package var parent: XMLElement? {
    let parent = columns.parent[at]
    return parent == STRATA_XML_NO_PARENT ? nil : XMLElement(tree: tree, index: parent)
  }

  /// Child elements and text between them, in document order.
  package var children: Children { Children(tree: tree, position: index + 1, end: columns.end[at]) }

  /// Everything below this element, in document order.
  package var descendants: Descendants {
    Descendants(tree: tree, position: index + 1, end: columns.end[at])
  }

  package var attributes: [(name: String, value: String)] {
    let columns = columns
    return (Int(columns.attribute[at])..<Int(columns.attribute[at + 1])).map { number in
      (
        tree.names[Int(columns.attribute_name[number])],
        XMLTree.string(
          columns.arena,
          columns.attribute_offset[number],
          columns.attribute_length[number]
        )
      )
    }
  }

  /// Whether it begins before another element of the same tree.
  package func isBefore(_ other: XMLElement) -> Bool { index < other.index }

  /// Declarations of the namespaces that the element and its attributes use; none in documents without namespaces.
  package var declarations: [(name: String, value: String)] {
    guard tree.hasNamespaces else { return [] }
    let columns = columns
    let numbers = (Int(columns.attribute[at])..<Int(columns.attribute[at + 1]))
      .map { Int(columns.attribute_name[$0]) }.filter { columns.name_prefix[$0] > 0 }
    var declared: [String: String] = [:]
    for number in [Int(columns.name[at])] + numbers {
      let prefix = tree.names[number].utf8.prefix(max(0, Int(columns.name_prefix[number]) - 1))
      declared[prefix.isEmpty ? "xmlns" : "xmlns:\(Substring(prefix))"] = XMLTree.string(
        columns.arena,
        columns.name_uri_offset[number],
        columns.name_uri_length[number]
      )
    }
    declared["xmlns:xml"] = nil
    return declared.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  package func attribute(_ name: String) -> String? {
    guard columns.attribute[at] < columns.attribute[at + 1] else { return nil }
    return attribute(tree.name(name))
  }

  package func attribute(_ name: XMLTree.Name) -> String? {
    let columns = columns
    let (first, end) = (Int(columns.attribute[at]), Int(columns.attribute[at + 1]))
    for number in first..<end where columns.attribute_name[number] == name.number {
      return XMLTree.string(
        columns.arena,
        columns.attribute_offset[number],
        columns.attribute_length[number]
      )
    }
    return nil
  }

  /// The first child element of that name.
  package func child(_ name: String) -> XMLElement? { child(tree.name(name)) }

  package func child(_ name: XMLTree.Name) -> XMLElement? {
    guard name.number != XMLTree.Name.absent.number else { return nil }
    let columns = columns
    var next = index + 1
    let end = columns.end[at]
    while next < end {
      if columns.name[Int(next)] == name.number { return XMLElement(tree: tree, index: next) }
      next = columns.end[Int(next)]
    }
    return nil
  }

  package func children(_ name: String) -> [XMLElement] {
    guard let wanted = tree.numbers[name] else { return [] }
    return children.filter { columns.name[Int($0.index)] == wanted }
  }

  /// The first element found by child names, step by step.
  package func descend(_ names: String...) -> XMLElement? {
    var element = self
    for name in names {
      guard let next = element.child(name) else { return nil }
      element = next
    }
    return element
  }

  /// Text of the first child of that name.
  package func text(of name: String) -> String? { child(name)?.text }

  /// Every element of that name below this one, in document order.
  package func descendants(_ name: String) -> [XMLElement] {
    guard let wanted = tree.numbers[name] else { return [] }
    let columns = columns
    return (index + 1..<max(index + 1, columns.end[at])).compactMap {
      columns.name[Int($0)] == wanted ? XMLElement(tree: tree, index: $0) : nil
    }
  }
}

extension XMLElement {
  package struct Children: Sequence, IteratorProtocol {
    let tree: XMLTree
    var position: UInt32
    let end: UInt32

    package mutating func next() -> XMLElement? {
      guard position < end else { return nil }
      defer { position = tree.storage.pointee.end[Int(position)] }
      return XMLElement(tree: tree, index: position)
    }
  }

  package struct Descendants: Sequence, IteratorProtocol {
    let tree: XMLTree
    var position: UInt32
    let end: UInt32

    package mutating func next() -> XMLElement? {
      guard position < end else { return nil }
      defer { position += 1 }
      return XMLElement(tree: tree, index: position)
    }
  }
}

extension XMLElement: Equatable {
  /// The same place of the same tree.
  package static func == (left: XMLElement, right: XMLElement) -> Bool {
    left.tree === right.tree && left.index == right.index
  }
}
