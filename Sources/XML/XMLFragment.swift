internal import CXML

/// A subtree of which some inner subtrees belong to others.
package struct XMLFragment: Sendable {
  package let element: XMLElement
  /// Left out: inner subtrees, in document order, not overlapping; preorder numbers.
  let cuts: [Range<UInt32>]
  /// Whether the parent's tag with its attributes stands around it.
  package let isWrapped: Bool

  package init(_ element: XMLElement, isWrapped: Bool = false) {
    self.init(element, cuts: [], isWrapped: isWrapped)
  }

  init(_ element: XMLElement, cuts: [Range<UInt32>], isWrapped: Bool) {
    self.element = element
    self.cuts = cuts
    self.isWrapped = isWrapped && element.parent != nil
  }

  package func wrapped() -> XMLFragment { XMLFragment(element, cuts: cuts, isWrapped: true) }

  /// Child elements of `parent` (an element of this fragment) that belong to it.
  package func children(of parent: XMLElement) -> [XMLElement] {
    guard !cuts.isEmpty else { return Array(parent.children) }
    return parent.children.filter { child in !cuts.contains { $0.contains(child.index) } }
  }

  /// Every element of the fragment below its top, in document order.
  package var descendants: [XMLElement] {
    guard !cuts.isEmpty else { return Array(element.descendants) }
    var found: [XMLElement] = []
    var cut = cuts.makeIterator()
    var next = cut.next()
    for descendant in element.descendants {
      while let range = next, range.upperBound <= descendant.index { next = cut.next() }
      if let range = next, range.contains(descendant.index) { continue }
      found.append(descendant)
    }
    return found
  }

  /// Leaves of the fragment whose text begins with `/`; tells without making strings.
  package func leavesStartingWithSlash() -> [XMLElement] {
    let columns = element.tree.storage.pointee
    let slash = UInt8(ascii: "/")
    var found: [XMLElement] = []
    var cut = cuts.makeIterator()
    var next = cut.next()
    var node = element.index
    let end = columns.end[Int(node)]
    while node < end {
      if let range = next, range.lowerBound <= node {
        node = range.upperBound
        next = cut.next()
        continue
      }
      let at = Int(node)
      if columns.text_length[at] > 1, columns.arena[Int(columns.text_offset[at])] == slash {
        found.append(XMLElement(tree: element.tree, index: node))
      }
      node += 1
    }
    return found
  }
}
