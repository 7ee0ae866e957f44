/// The kind of a component as the platform numbers it; framework kinds are known by their table's name (PF-710).
package enum ComponentType: Hashable, Comparable, Sendable {
  case number(Int)
  case table(String)

  package var number: Int? {
    guard case .number(let number) = self else { return nil }
    return number
  }
}

extension ComponentType: ExpressibleByIntegerLiteral {
  package init(integerLiteral number: Int) { self = .number(number) }
}

/// What makes a component the same in every package and environment: its kind and its natural key (PF-901).
package struct ComponentID: Hashable, Sendable {
  package let type: ComponentType
  /// Normalized: lower case where the platform does not tell cases apart.
  package let key: String

  package init(_ type: ComponentType, _ key: String) {
    self.type = type
    self.key = key
  }
}

extension ComponentID: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    left.type == right.type ? left.key < right.key : left.type < right.type
  }
}
