@testable package import Solutions

extension Definition {
  /// What a difference from another document can make of it: no document says that an attribute goes (PF-804).
  package func keeping(attributesOf base: Definition) throws -> Definition {
    let root = Document(self).root.keeping(attributesOf: Document(base).root)
    return try Definition(Document(root: root), parts: [])
  }
}

extension Element {
  fileprivate func keeping(attributesOf base: Element) -> Element {
    var kept = self
    let names = Set(attributes.map(\.name))
    kept.attributes += base.attributes.filter { !names.contains($0.name) }
    let keys = Identity.keys(of: base.children)
    let places = Dictionary(zip(keys, keys.indices)) { first, _ in first }
    kept.children = zip(children, Identity.keys(of: children)).map { child, key in
      places[key].map { child.keeping(attributesOf: base.children[$0]) } ?? child
    }
    return kept
  }
}
