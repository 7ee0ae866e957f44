/// One component needs another: `dependent` names `target` in its definition (DP-101).
package struct Reference: Hashable, Sendable {
  package let target: ComponentID
  package let type: DependencyType
  /// The element or attribute that names it, for people.
  package let via: String

  package init(_ target: ComponentID, _ type: DependencyType = .published, via: String) {
    self.target = target
    self.type = type
    self.via = via
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

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension ComponentID {
  package static func entity(_ name: String) -> ComponentID {
    ComponentID(.number(1), name.lowercased())
  }
  package static func attribute(_ entity: String, _ name: String) -> ComponentID {
    ComponentID(.number(2), "\(entity.lowercased()).\(name.lowercased())")
  }
  package static func entityKey(_ entity: String, _ name: String) -> ComponentID {
    ComponentID(.number(14), "\(entity.lowercased()).\(name.lowercased())")
  }
  package static func optionSet(_ name: String) -> ComponentID {
    ComponentID(.number(9), name.lowercased())
  }
  package static func relationship(_ name: String) -> ComponentID {
    ComponentID(.number(10), name.lowercased())
  }
  package static func webResource(_ name: String) -> ComponentID {
    ComponentID(.number(61), name)
  }
  package static func numbered(_ type: Int, _ guid: GUID) -> ComponentID {
    ComponentID(.number(type), guid.description)
  }
}
