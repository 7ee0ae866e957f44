package import Solutions

/// What somebody may do; each may do what those before may.
package enum Role: String, CaseIterable, Comparable, Sendable {
  /// Looks at everything.
  case viewer
  /// Hands packages in, and plans.
  case planner
  /// Applies what destroys nothing.
  case importer
  /// Consents to what is destroyed.
  case owner

  package static func < (one: Role, other: Role) -> Bool { one.rank < other.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Who asks, and what they may.
package struct User: Equatable, Sendable {
  package let name: String
  package let role: Role
  /// As which user of an environment they work, held to that user's security roles; nil for the environment's own.
  package let systemUser: SystemUserName?

  package init(name: String, role: Role, as systemUser: SystemUserName? = nil) {
    self.name = name
    self.role = role
    self.systemUser = systemUser
  }
}
