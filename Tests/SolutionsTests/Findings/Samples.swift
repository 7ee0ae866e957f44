@testable import Solutions

/// What is told in the samples, and of what.
enum Sample {
  static let x = name("X")
  static let y = name("Y")
  static let patch = name("X_Patch_00000001")
  static let holding = name("X_Upgrade")
  static let a = PublisherName("A")
  static let b = PublisherName("B")
  static let one = version("1.0")
  static let two = version("2.0.0.1")

  static let table = component(.entity("new_t"), "new_t", "Order")
  static let column = component(.attribute("new_t", "new_a"), "new_t.new_a", "Priority")
  static let other = component(.attribute("new_t", "new_b"), "new_t.new_b", nil)
  static let form = component(ComponentID(.number(60), "f"), "f", "Main")
  static let view = component(ComponentID(.number(26), "v"), "v", "Active")
  static let process = component(ComponentID(.number(29), "p"), "p", "Approve")
  static let map = component(ComponentID(.number(62), "m"), "m", "App")
  static let ribbon = component(ComponentID(.number(50), "r"), "r", nil)
  static let key = component(ComponentID(.number(14), "new_t.k"), "new_t.k", nil)
  static let equal = EqualRows(key: key.id, columns: ["new_a"], rows: 5, values: ["Cafe", "Tea"])
  static let relationship = component(ComponentID(.number(10), "new_t_u"), "new_t_u", nil)
  static let type = component(ComponentID(.number(90), "new.Step"), "new.Step", nil)
  static let role = component(ComponentID(.number(20), "role"), "role", "Clerk")
  static let unstated = component(.attribute("new_t", "new_z"), nil, nil)
  static let variable = component(
    ComponentID(ComponentKind.environmentVariableDefinition.type, "new_v"),
    "new_v",
    nil
  )
  static let connection = component(
    ComponentID(ComponentKind.connectionReference.type, "new_c"),
    "new_c",
    nil
  )

  static let upgrade = Dropping.Cause(solution: x, operation: .upgrade(to: two))
  static let uninstall = Dropping.Cause(solution: x, operation: .uninstall)
  static let discard = Dropping.Cause(solution: holding, operation: .discard(of: x, two))
  static let removal = Dropping.Cause(solution: .active, operation: .removal)
  static let unread = UnreadSource("Workflows/p.xaml", "no XML, line 1")

  static func use(
    _ component: NamedComponent = view,
    _ layer: SolutionName = y,
    isManaged: Bool = true
  ) -> NamedUse {
    NamedUse(
      component: component,
      layer: layer,
      isManaged: isManaged,
      via: ["fetchxml/attribute@name"]
    )
  }

  static func blockage(
    _ cause: Dropping.Cause,
    _ uses: [NamedUse],
    provider: String? = nil
  ) -> Blockage {
    Blockage(
      component: column,
      cause: cause,
      derivation: ["\(table) \(cause.clause)", "\(column) is part of \(table)"],
      uses: uses,
      provider: provider
    )
  }

  static func component(
    _ id: ComponentID,
    _ name: String?,
    _ displayName: String?
  ) -> NamedComponent {
    NamedComponent(id, .standard, name: name, displayName: displayName)
  }

  private static func name(_ text: String) -> SolutionName { SolutionName(text) ?? .system }

  private static func version(_ text: String) -> SolutionVersion {
    SolutionVersion(text) ?? .none
  }
}
