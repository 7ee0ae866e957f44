internal import XML

extension ComponentKind {
  /// A custom connector with its files.
  package static let connector = ComponentKind(
    372,
    "Connector",
    "Connector",
    at: ["Connectors/Connector"],
    key: { element, _ in .named(element.text(of: "name")) }
  )

  /// A named place for a connection; the connection itself belongs to the environment (PF-621).
  package static let connectionReference = ComponentKind(
    type: .table("connectionreference"),
    "connectionreference",
    "Connection reference",
    at: ["connectionreferences/connectionreference"],
    key: { element, _ in .named(element.attribute("connectionreferencelogicalname")) },
    headline: ["connectorid"],
    base: .marked(by: "iscustomizable"),
    references: { component in
      var references = References()
      // The connector is found by id; packages key it by name, so only an id that is its key can match.
      references.guid(
        component.definition.element.descend("customconnectorid", "connectorid")?.text,
        372,
        via: "customconnectorid"
      )
      return references.found
    }
  )
}
