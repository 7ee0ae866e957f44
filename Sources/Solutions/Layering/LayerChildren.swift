internal import XML

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

extension LayerStack {
  /// Children of each layer, bottom first, against what the layer below says; the base's are added.
  package func children() -> [[LayerChild]] {
    layers.indices.map { index in
      let below = index > 0 && !layers[index - 1].isAssumed ? layers[index - 1] : nil
      guard !layers[index].isAssumed else { return [] }
      return LayerChild.children(of: layers[index].definition, below: below?.definition)
    }
  }
}

extension LayerChild {
  /// Lists whose entries have an identity, by the name of the entry and the attribute that tells it.
  private static let lists: [String: (list: String, identity: String)] = [
    "displayname": ("LocalizedLabels", "languagecode"),
    "LocalizedName": ("LocalizedLabels", "languagecode"),
    "LocalizedCollectionName": ("LocalizedLabels", "languagecode"),
    "Description": ("LocalizedLabels", "languagecode"),
    "label": ("LocalizedLabels", "languagecode"),
    "option": ("AttributePicklistValues", "value"),
    "status": ("AttributePicklistValues", "value"),
    "state": ("AttributePicklistValues", "value"),
    "RolePrivilege": ("RolePrivileges", "name"),
  ]

  private struct Place: Hashable {
    let list: String
    let path: String
    let key: String
  }

  static func children(of definition: Definition, below: Definition?) -> [LayerChild] {
    let (now, before) = (entries(of: definition), below.map { entries(of: $0) } ?? [:])
    // What a difference does not speak of stays as it is.
    let places = definition.isDifference ? Set(now.keys) : Set(now.keys).union(before.keys)
    return places.map { place in
      let status: Status =
        switch (before[place], now[place]) {
        case (_, nil): .removed
        case (_, let new?) where new.isRemoved: .removed
        case (nil, _): .added
        case (let old, let new): old == new ? .unchanged : .updated
        }
      return LayerChild(list: place.list, path: place.path, key: place.key, status: status)
    }.sorted {
      ($0.list, $0.path, $0.key.count, $0.key) < ($1.list, $1.path, $1.key.count, $1.key)
    }
  }

  private struct Entry: Equatable {
    let content: [UInt8]
    let isRemoved: Bool
  }

  private static func entries(of definition: Definition) -> [Place: Entry] {
    var found: [Place: Entry] = [:]
    func visit(_ element: XMLElement, _ path: String) {
      for child in definition.fragment.children(of: element) where !child.isText {
        if let (list, identity) = lists[child.name], let key = child.attribute(identity) {
          found[Place(list: list, path: path, key: key)] = Entry(
            content: CanonicalWriter.bytes(of: XMLFragment(child)),
            isRemoved: child.attribute("solutionaction") == "Removed"
          )
        }
        var step = child.name
        if let (_, identity) = lists[child.name], let key = child.attribute(identity) {
          step += "[\(key)]"
        }
        visit(child, path.isEmpty ? step : "\(path)/\(step)")
      }
    }
    visit(definition.element, "")
    return found
  }
}
