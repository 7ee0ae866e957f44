internal import XML

extension Element {
  /// - Parameter isDifference: whether the document says what it does with an element, and where it stands.
  func written(to writer: inout DocumentWriter, isDifference: Bool) {
    guard !name.isEmpty else { return writer.text(text) }
    writer.open(name, attributes(isDifference: isDifference).map { ($0.name, $0.value) })
    if let rows, name == "rows" {
      // No difference says which cells share a row (PF-806).
      let lines =
        isDifference && rows.isStated
        ? children.map { (attributes: [], cells: [$0]) } : rows.lines(of: children)
      for line in lines {
        writer.open("row", line.attributes.map { ($0.name, $0.value) })
        for cell in line.cells {
          cell.written(to: &writer, isDifference: isDifference)
        }
        writer.close("row")
      }
    } else {
      if children.isEmpty { writer.text(text) }
      for child in children { child.written(to: &writer, isDifference: isDifference) }
    }
    writer.close(name)
  }

  /// The attributes, in a difference with what it says of the element.
  func attributes(isDifference: Bool) -> [Attribute] {
    guard isDifference else { return attributes }
    var all = attributes
    if let place, let number = place.number {
      let ordinal = name == "cell" ? 10_000 * Int(place.column) + Int(number) : Int(number)
      all.append(
        Attribute(name: DifferenceWords.ordinal, value: String(ordinal), origin: origin)
      )
    }
    if let word = mark?.word {
      all.append(Attribute(name: DifferenceWords.mark, value: word, origin: origin))
    }
    return all
  }
}

extension Definition {
  /// An element made in memory, as a definition of its own.
  init(_ element: Element) throws(XMLError) {
    try self.init(Document(root: element), parts: [])
  }

  /// A document as canonical bytes again, so that equal documents have equal hashes.
  ///
  /// - Throws: where it is beyond the limits of reading, or a text holds what no XML can.
  init(_ document: Document, parts: [Definition.Part]) throws(XMLError) {
    var writer = DocumentWriter()
    let wrapper = document.wrapper
    if let wrapper {
      writer.open(wrapper.name, wrapper.attributes.map { ($0.name, $0.value) })
    }
    document.root.written(to: &writer, isDifference: document.isDifference)
    if let wrapper { writer.close(wrapper.name) }
    let root = try XMLTree(writer.bytes).root
    let inner = wrapper == nil ? root : root.children.first { !$0.isText }
    self.init(XMLFragment(inner ?? root, isWrapped: wrapper != nil), parts: parts)
  }
}
