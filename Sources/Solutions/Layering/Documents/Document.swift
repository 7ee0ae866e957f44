internal import Hashing
internal import XML

/// What one layer, or a stack of them, says of a component, as a tree.
package struct Document: Sendable {
  package internal(set) var root: Element
  /// The tag of the parent in which it stands, where it has one.
  var wrapper: Element?
  /// Whether the tree says what it changes, and not how the component is.
  var isDifference = false
  /// Files that belong to the component, with the layers that brought them; sorted by path.
  var parts: [(part: Definition.Part, origin: Origin)] = []

  init(root: Element) { self.root = root }

  package init(_ definition: Definition, as origin: Origin = .bottom) {
    root = Element(definition.fragment, as: origin)
    isDifference = definition.isDifference
    if !isDifference { root.numberAll() }
    if definition.fragment.isWrapped, let parent = definition.element.parent {
      wrapper = Element(parent.name, parent.declarations + parent.attributes, origin: origin)
    }
    parts = definition.parts.map { ($0, origin) }
  }

  /// The same as if it lay over another: what it only repeats keeps the other's origins.
  func tracing(_ below: Document) -> Document {
    var document = self
    document.root = root.tracing(below.root)
    if let outer = below.wrapper { document.wrapper = wrapper?.tracing(outer) }
    for (at, part) in parts.enumerated() {
      let same = below.parts.first { $0.part == part.part }
      if let same { document.parts[at].origin = same.origin }
    }
    return document
  }

  /// Puts files over those of the same path.
  mutating func put(_ files: [(part: Definition.Part, origin: Origin)]) {
    for file in files {
      guard let at = parts.firstIndex(where: { $0.part.path == file.part.path }) else {
        parts.append(file)
        continue
      }
      if parts[at].part != file.part { parts[at] = file }
    }
    parts.sort { $0.part.path.utf8.lexicographicallyPrecedes($1.part.path.utf8) }
  }
}

extension Document: Equatable {
  /// Equality of what they say; origins do not count.
  package static func == (left: Document, right: Document) -> Bool {
    left.isDifference == right.isDifference && left.parts.map(\.part) == right.parts.map(\.part)
      && left.wrapper == right.wrapper && left.root == right.root
  }
}

extension Element {
  /// The same as if it lay over another: what it only repeats keeps the other's origins.
  func tracing(_ below: Element) -> Element {
    var element = self
    element.origin = below.origin
    for (at, attribute) in attributes.enumerated() {
      let same = below.attributes.first { $0 == attribute }
      if let same { element.attributes[at].origin = same.origin }
    }
    if children.isEmpty, below.children.isEmpty {
      if text == below.text { element.textOrigin = below.textOrigin }
      return element
    }
    if children.isEmpty || below.children.isEmpty { return element }
    let keys = Identity.keys(of: below.children)
    let places = Dictionary(zip(keys, keys.indices)) { first, _ in first }
    for (at, key) in Identity.keys(of: children).enumerated() {
      if let place = places[key] {
        element.children[at] = children[at].tracing(below.children[place])
      }
    }
    return element
  }
}
