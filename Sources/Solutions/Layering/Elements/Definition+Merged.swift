internal import XML

extension Definition {
  /// A merged document: canonical bytes again, so that equal results have equal hashes.
  ///
  /// nil where it is beyond the limits of reading, as only documents made for that come to be together.
  ///
  /// - Parameter base: stands in the same tag of its parent, where it has one.
  init?(
    merged root: MergedElement,
    isDifference: Bool,
    like base: Definition,
    parts: [String: Definition.Part]
  ) {
    let wrapper = base.fragment.isWrapped ? base.element.parent : nil
    var writer = DocumentWriter()
    if let wrapper { writer.open(wrapper.name, wrapper.declarations + wrapper.attributes) }
    root.write(to: &writer, isDifference: isDifference)
    if let wrapper { writer.close(wrapper.name) }
    do {
      let document = writer.bytes
      try self.init(document: document, isWrapped: wrapper != nil, parts: Array(parts.values))
    } catch {
      return nil
    }
  }

  init(document: [UInt8], isWrapped: Bool, parts: [Definition.Part] = []) throws(XMLError) {
    let root = try XMLTree(document).root
    let inner = isWrapped ? root.children.first { !$0.isText } : root
    self.init(XMLFragment(inner ?? root, isWrapped: isWrapped), parts: parts)
  }
}

extension Definition {
  /// Forms, site maps and apps may travel as a difference to what lies below (PF-803).
  package var isDifference: Bool {
    fragment.descendants.contains { element in
      !element.isText
        && (element.attribute("solutionaction") != nil || element.attribute("ordinalvalue") != nil)
    }
  }
}
