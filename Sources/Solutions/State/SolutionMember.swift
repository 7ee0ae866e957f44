/// What a solution lists.
package struct SolutionMember: Sendable {
  package let id: ComponentID
  package let name: String?
  package let displayName: String?
  /// How many layers the component has, drafts aside.
  package let layers: Int
  package let hasDraft: Bool
  /// Of what is on or off; nil for everything else.
  package let isOn: Bool?
  /// How much of a root comes along; nil where nobody has said it.
  package let behavior: RootComponent.Behavior?

  package init(
    id: ComponentID,
    name: String?,
    displayName: String?,
    layers: Int,
    hasDraft: Bool,
    isOn: Bool?,
    behavior: RootComponent.Behavior? = nil
  ) {
    self.id = id
    self.name = name
    self.displayName = displayName
    self.layers = layers
    self.hasDraft = hasDraft
    self.isOn = isOn
    self.behavior = behavior
  }
}
