/// A thing with an identity within a definition, and what a layer does to it (LY-1402): a label, an option, a privilege.
package struct LayerChild: Equatable, Sendable {
  package enum Status: String, Sendable {
    case added = "Added"
    case updated = "Updated"
    case removed = "Removed"
    case unchanged = "Unchanged"
  }

  /// As the platform's page calls the list.
  package let list: String
  /// Where the list stands in the definition.
  package let path: String
  package let key: String
  package let status: Status
}

extension LayerChild {
  /// What is in effect with a layer, against what is without it; all that a base brings is added.
  static func children(of document: Document, below: Document?) -> [LayerChild] {
    let (now, before) = (entries(of: document), below.map { entries(of: $0) } ?? [:])
    return Set(now.keys).union(before.keys).map { place in
      let status: Status =
        switch (before[place], now[place]) {
        case (_, nil): .removed
        case (_, let new?) where new.mark == .removed: .removed
        case (nil, _): .added
        case (let old, let new): old == new ? .unchanged : .updated
        }
      return LayerChild(list: place.list, path: place.path, key: place.key, status: status)
    }.sorted {
      ($0.list, $0.path, $0.key.count, $0.key) < ($1.list, $1.path, $1.key.count, $1.key)
    }
  }

  private struct Place: Hashable {
    let list: String
    let path: String
    let key: String
  }

  private static func entries(of document: Document) -> [Place: Element] {
    var found: [Place: Element] = [:]
    func visit(_ element: Element, _ path: PathText) {
      var columns = 0
      for (child, key) in zip(element.children, Identity.keys(of: element.children)) {
        if let list = child.list, let values = Identity.spelled(child, at: 0), !values.isEmpty {
          let place = Place(list: list, path: path.text, key: values.joined(separator: " "))
          found[place] = child
        }
        if !child.children.isEmpty { visit(child, path.appending(child, key, at: columns)) }
        if child.name == "column" { columns += 1 }
      }
    }
    visit(document.root, PathText())
    return found
  }
}

extension Element {
  /// The platform's name for the list in which the element is an entry.
  fileprivate var list: String? {
    if Identity.languages.contains(name) { return "LocalizedLabels" }
    switch name {
    case "option", "status", "state": return "AttributePicklistValues"
    case "RolePrivilege": return "RolePrivileges"
    default: return nil
    }
  }
}
