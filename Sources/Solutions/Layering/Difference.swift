internal import XML

/// What a difference says of an element (PF-803).
private enum Action: String {
  case added = "Added"
  case modified = "Modified"
  case removed = "Removed"
}

extension XMLNode {
  private static let action = "solutionaction"
  private static let ordinal = "ordinalvalue"

  /// Changes the element as a difference says (layers.md §5.2): marked elements come, change or go, unmarked ones
  /// lead to them, and an unmarked leaf states its value.
  ///
  /// - Parameters:
  ///   - isDifference: this is a difference itself, and stays one that says both.
  ///   - missing: grows by the paths of what is changed and is not there.
  mutating func apply(
    _ difference: XMLNode,
    isDifference: Bool,
    path: String = "",
    missing: inout [String]
  ) {
    for child in difference.children {
      let action = child[attribute: Self.action].flatMap { Action(rawValue: $0) }
      let step = path.isEmpty ? child.step : "\(path)/\(child.step)"
      guard let place = children.place(of: child) else {
        if isDifference {
          children.append(child)
        } else if action == .added || action == nil && child.children.isEmpty {
          insert(child.plain, ordinal: child[attribute: Self.ordinal])
        } else if action != .removed {
          missing.append(step)
        }
        continue
      }
      let before = children[place][attribute: Self.action].flatMap { Action(rawValue: $0) }
      if action == .removed {
        // What one and the same layer adds and takes away leaves no trace (LY-525).
        if isDifference, before != .added {
          children[place] = child
        } else {
          children.remove(at: place)
        }
        continue
      }
      if isDifference, before == .removed {
        children[place] = child
        continue
      }
      if action != nil || child.children.isEmpty { children[place].overlay(child, isDifference) }
      if isDifference, before == nil, let action {
        children[place][attribute: Self.action] = action.rawValue
      }
      children[place].apply(child, isDifference: isDifference, path: step, missing: &missing)
    }
  }

  /// Takes attributes and text over.
  private mutating func overlay(_ other: XMLNode, _ isDifference: Bool) {
    for attribute in other.attributes where attribute.name != Self.action {
      if isDifference || attribute.name != Self.ordinal {
        self[attribute: attribute.name] = attribute.value
      }
    }
    if children.isEmpty, other.children.isEmpty { text = other.text }
  }

  private mutating func insert(_ child: XMLNode, ordinal: String?) {
    let place = ordinal.flatMap { Int($0) } ?? children.count
    children.insert(child, at: min(max(place, 0), children.count))
  }

  /// Without the marks of a difference.
  private var plain: XMLNode {
    var node = self
    node[attribute: Self.action] = nil
    node[attribute: Self.ordinal] = nil
    node.children = node.children.map(\.plain)
    return node
  }

  private var step: String {
    XMLNode.identities.lazy.compactMap { self[attribute: $0] }.first.map { "\(name)[\($0)]" }
      ?? name
  }

  /// Attributes that tell elements of one name apart, most telling first.
  fileprivate static let identities = [
    "id", "Id", "ID", "handlerUniqueId", "uniqueid", "value", "languagecode", "LCID", "schemaName",
    "name",
  ]
}

extension [XMLNode] {
  /// Where the element stands that another one speaks of.
  fileprivate func place(of other: XMLNode) -> Int? {
    let named = indices.filter { self[$0].name == other.name }
    for identity in XMLNode.identities {
      guard let wanted = other[attribute: identity] else { continue }
      return named.first { self[$0][attribute: identity]?.lowercased() == wanted.lowercased() }
    }
    // Rows have no identity: the one meant holds an element that the other speaks of, or is the last.
    if named.count > 1, !other.children.isEmpty {
      return named.first { candidate in
        other.children.contains { self[candidate].children.place(of: $0) != nil }
      } ?? named.last
    }
    return named.first
  }
}
