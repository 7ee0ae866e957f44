internal import XML

extension Definition {
  /// The same component with its element changed; the parts stay.
  ///
  /// - Throws: when the result is no XML, as text with control characters is none.
  func edited(_ change: (inout XMLNode) -> Void) throws(XMLError) -> Definition {
    var node = XMLNode(element, of: fragment)
    change(&node)
    let wrapper = fragment.isWrapped ? element.parent : nil
    return Definition(try node.fragment(in: wrapper), parts: parts)
  }
}
