package import Solutions
internal import XML

/// What leads from one document to another, once more: what goes, what comes or is said otherwise, the order.
package struct ReferenceDifference {
  fileprivate var statements: [ReferenceMerge.Statement] = []
  fileprivate let isSiteMap: Bool

  package init(from old: Definition, to new: Definition) {
    isSiteMap = new.element.name == "SiteMap"
    let (before, after) = (ReferenceMerge(base: old).facts, ReferenceMerge(base: new).facts)
    let was = Dictionary(before.map { ($0.path, $0) }) { first, _ in first }
    let remaining = Set(after.map(\.path))
    for fact in before where !remaining.contains(fact.path) {
      statements.append(ReferenceMerge.Statement(fact: fact, action: "Removed"))
    }
    for fact in after {
      var statement = ReferenceMerge.Statement(fact: fact, action: "Added")
      if let former = was[fact.path] {
        statement.gone = Set(former.attributes.keys).subtracting(fact.attributes.keys)
        statement.saysText = former.text != fact.text
        statement.action = former == fact ? "path" : "Modified"
      }
      statements.append(statement)
    }
  }
}

extension ReferenceMerge {
  package mutating func apply(_ difference: ReferenceDifference, layer: Int) {
    apply(difference.statements, layer: layer, isSiteMap: difference.isSiteMap)
  }

  package static func difference(from old: Definition, to new: Definition) -> ReferenceDifference {
    ReferenceDifference(from: old, to: new)
  }
}
