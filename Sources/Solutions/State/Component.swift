package import XML

/// A component as a package or a layer states it.
package struct Component: Equatable, Sendable {
  package let id: ComponentID
  /// As people address it: logical or schema name as written, or the GUID.
  package let name: String
  /// In the base language, where it has one.
  package let displayName: String?
  /// The component it is a part of (a column's table); deleted with it (DP-102).
  package let parent: ComponentID?
  package let definition: Definition
  /// Where it stands.
  package let location: Location
  /// Context that the exporter did not change (PF-808): a member, but no change.
  package let isUnmodified: Bool
  /// A mention that states nothing of its own (a table as shell, PF-402): a member without a layer.
  package let isReference: Bool

  package init(
    id: ComponentID,
    name: String,
    displayName: String?,
    parent: ComponentID?,
    definition: Definition,
    location: Location,
    isUnmodified: Bool = false,
    isReference: Bool = false
  ) {
    self.id = id
    self.name = name
    self.displayName = displayName
    self.parent = parent
    self.definition = definition
    self.location = location
    self.isUnmodified = isUnmodified
    self.isReference = isReference
  }
}

extension Component {
  /// - Parameter location: where the definition stands; otherwise where the old one stood.
  func with(_ definition: Definition, at location: Location? = nil) -> Component {
    Component(
      id: id,
      name: name,
      displayName: definition.element.displayName ?? displayName,
      parent: parent,
      definition: definition,
      location: location ?? self.location,
      isUnmodified: isUnmodified,
      isReference: isReference
    )
  }
}

extension XMLElement {
  /// The first label of a component's own element; packages list the base language first.
  package var displayName: String? {
    for list in ["LocalizedNames", "displaynames"] {
      if let label = child(list)?.children.first(where: { _ in true })?.attribute("description") {
        return label
      }
    }
    for name in ["Name", "name"] {
      if let text = child(name)?.attribute("LocalizedName") ?? attribute(name) { return text }
    }
    for name in ["DisplayName", "displayname", "connectionreferencedisplayname"] {
      if let found = child(name) { return found.attribute("default") ?? found.text }
    }
    return nil
  }
}

/// A place in a package.
package struct Location: Equatable, Sendable {
  package let file: String
  /// 1-based; 0 for the file as a whole.
  package let line: Int

  package init(file: String, line: Int) {
    self.file = file
    self.line = line
  }
}
