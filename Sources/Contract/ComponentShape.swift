package import Solutions

/// A component as other programs read it.
package struct ComponentShape: Codable, Sendable {
  /// nil for framework kinds, whose number differs between environments (PF-710).
  @Nullable package var type: Int?
  package let kind: String
  package let name: String
  @Nullable package var id: String?
  @Nullable package var parent: String?
  @Nullable package var displayName: String?
  /// What people call the whole that it is a part of; absent where that is not known.
  package var parentDisplayName: String?

  package init(
    _ id: ComponentID,
    name: String,
    displayName: String?,
    parent: ComponentID?,
    parentName: String? = nil,
    kinds: ComponentKinds
  ) {
    type = id.type.number
    kind = kinds[id.type].name
    self.name = name
    self.id = GUID(name)?.description
    self.parent = parent.map { "\(kinds[$0.type].name):\($0.key)" }
    self.displayName = displayName
    parentDisplayName = parentName
  }
}

extension ComponentShape {
  package init(_ component: Component, kinds: ComponentKinds) {
    self.init(
      component.id,
      name: component.name,
      displayName: component.displayName,
      parent: component.parent,
      kinds: kinds
    )
  }
}
