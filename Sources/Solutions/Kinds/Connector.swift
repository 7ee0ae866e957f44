internal import XML

extension ComponentType {
  package static let connector: ComponentType = 372
  package static let connectionReference = ComponentType.table("connectionreference")
}

extension ComponentKind {
  /// A custom connector with its files.
  package static let connector = ComponentKind(
    .connector,
    named: "Connector",
    title: "Connector",
    at: ["Connectors/Connector"],
    key: { element, _ in .named(element.text(of: "name")) },
    rootAliases: [371],
    isRooted: { _ in true },
    folder: .named("Connector"),
    // Connection references name it by id.
    alias: { ComponentID(.connector, guid: $0.definition.element.text(of: "connectorid")) }
  )

  /// A named place for a connection; the connection itself belongs to the environment (PF-621).
  package static let connectionReference = ComponentKind(
    .connectionReference,
    named: "connectionreference",
    title: "Connection reference",
    at: ["connectionreferences/connectionreference"],
    key: { element, _ in .named(element.attribute("connectionreferencelogicalname")) },
    headline: ["connectorid"],
    base: .marked(by: "iscustomizable"),
    references: { component in
      var references = References()
      references.guid(
        component.definition.element.descend("customconnectorid", "connectorid")?.text,
        .connector,
        via: "customconnectorid"
      )
      return references
    }
  )
}
