/// One component needs another: `dependent` names `target` in its definition (DP-101).
package struct Reference: Hashable, Sendable {
  package let target: ComponentID
  package let type: DependencyType
  /// The element or attribute that names it, for people.
  package let via: String
  /// Whether it can be nothing but a name: a word of a formula may be something else, and is no sign that anything
  /// is missing.
  package let isCertain: Bool

  package init(
    _ target: ComponentID,
    _ type: DependencyType = .published,
    via: String,
    isCertain: Bool = true
  ) {
    self.target = target
    self.type = type
    self.via = via
    self.isCertain = isCertain
  }
}

/// A source of references that cannot be read: what it names is not known.
package struct UnreadSource: Hashable, Comparable, Sendable {
  /// A file of the package, or the element that holds it.
  package let place: String
  package let reason: String

  package init(_ place: String, _ reason: String) {
    self.place = place
    self.reason = reason
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.place, left.reason) < (right.place, right.reason)
  }
}

/// Types of dependencies (DP-102).
package enum DependencyType: Int, Comparable, Sendable {
  /// The dependent is a part of the required; deleted with it, never in its way.
  case solutionInternal = 1
  /// Blocks the deletion of the required one.
  case published = 2
  /// Stands in a draft only; blocks as well, and publishing turns it to `published` (DP-205).
  case unpublished = 4
  /// The platform does not track it (DP-501): a flow that reads a table, a role with its privileges. It
  /// blocks nothing, and is told when the required one goes. A number of our own.
  case untracked = 9

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension ComponentID {
  package static func entity(_ name: String) -> ComponentID {
    ComponentID(.entity, name.lowercased())
  }
  package static func attribute(_ entity: String, _ name: String) -> ComponentID {
    ComponentID(.attribute, "\(entity.lowercased()).\(name.lowercased())")
  }
  /// Stands for all that a text that cannot be read may name.
  package static let anything = ComponentID(.table("*"), "*")
  package static func entityKey(_ entity: String, _ name: String) -> ComponentID {
    ComponentID(.entityKey, "\(entity.lowercased()).\(name.lowercased())")
  }
  package static func optionSet(_ name: String) -> ComponentID {
    ComponentID(.optionSet, name.lowercased())
  }
  package static func relationship(_ name: String) -> ComponentID {
    ComponentID(.entityRelationship, name.lowercased())
  }
  package static func webResource(_ name: String) -> ComponentID {
    ComponentID(.webResource, name)
  }
  package init(_ type: ComponentType, _ guid: GUID) { self.init(type, guid.description) }

  /// - Returns: nil where the text is no id.
  init?(_ type: ComponentType, guid text: String?) {
    guard let guid = text.flatMap({ GUID($0) }) else { return nil }
    self.init(type, guid)
  }
}
