package import XML

/// A component as a package or a layer states it.
///
/// A value in all but storage: it is large and never changes, so everything that holds it shares it.
package final class Component: Sendable {
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

extension Component: Equatable {
  package static func == (left: Component, right: Component) -> Bool {
    left === right
      || left.id == right.id && left.name == right.name && left.displayName == right.displayName
        && left.parent == right.parent && left.definition == right.definition
        && left.location == right.location && left.isUnmodified == right.isUnmodified
        && left.isReference == right.isReference
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
  package var displayName: String? { DisplayNames(in: tree).label(of: self) }
}

/// Where components of one document keep their labels.
package struct DisplayNames: Sendable {
  private let localizedNames, displaynames, description: XMLTree.Name
  private let name, lowerName, localizedName: XMLTree.Name
  private let displayName, displayname, connectionReferenceName, standard: XMLTree.Name

  package init(in tree: XMLTree) {
    localizedNames = tree.name("LocalizedNames")
    displaynames = tree.name("displaynames")
    description = tree.name("description")
    name = tree.name("Name")
    lowerName = tree.name("name")
    localizedName = tree.name("LocalizedName")
    displayName = tree.name("DisplayName")
    displayname = tree.name("displayname")
    connectionReferenceName = tree.name("connectionreferencedisplayname")
    standard = tree.name("default")
  }

  /// The first label of an element of the document.
  package func label(of element: XMLElement) -> String? {
    func first(of list: XMLTree.Name) -> String? {
      var labels = element.child(list)?.children
      return labels?.next()?.attribute(description)
    }
    func named(by name: XMLTree.Name) -> String? {
      element.child(name)?.attribute(localizedName) ?? element.attribute(name)
    }
    func stated(by name: XMLTree.Name) -> String? {
      element.child(name).map { $0.attribute(standard) ?? $0.text }
    }
    return first(of: localizedNames) ?? first(of: displaynames)
      ?? named(by: name) ?? named(by: lowerName)
      ?? stated(by: displayName) ?? stated(by: displayname) ?? stated(by: connectionReferenceName)
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
