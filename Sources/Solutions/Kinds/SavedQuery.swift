internal import XML

extension ComponentType {
  package static let savedQuery: ComponentType = 26
}

extension ComponentKind {
  /// A view of a table.
  package static let savedQuery = ComponentKind(
    .savedQuery,
    named: "SavedQuery",
    title: "View",
    at: ["Entities/Entity/SavedQueries/savedqueries/savedquery"],
    key: { element, _ in .guid(element.text(of: "savedqueryid")) },
    rootKey: .guid,
    parent: .enclosing,
    publishing: .onDemand,
    headline: ["querytype"],
    impacts: Impacts(
      .interface,
      [
        .metadata: [
          "layoutxml/grid@name", "layoutxml/grid@object", "fetchxml/fetch/entity/(order)",
        ]
      ]
    ),
    base: .marked(by: "IsCustomizable"),
    wholes: { component in
      let element = component.definition.element
      let isRequired =
        element.text(of: "isdefault") == "1"
        && ["1", "2", "4", "64"].contains(element.text(of: "querytype"))
      return isRequired ? component.parent.map { [$0] } ?? [] : []
    },
    lead: { component in component.parent.map { (component.id.key, $0.key) } },
    references: { component in
      var references = References()
      let element = component.definition.element
      var tables: [String: String] = [:]
      if let fetch = element.descend("fetchxml", "fetch") { tables = references.fetch(fetch) }
      let own = component.parent?.key
      for cell in element.child("layoutxml")?.descendants("cell") ?? [] {
        let path = (cell.attribute("name") ?? "").split(separator: ".", maxSplits: 1)
        if path.count == 2, let table = tables[String(path[0])] {
          references.attribute(table, String(path[1]), via: "layout/cell")
        } else if path.count == 1 {
          references.attribute(own, String(path[0]), via: "layout/cell")
        }
        references.webResourceDirective(
          cell.attribute("imageproviderwebresource"),
          via: "layout/cell@imageproviderwebresource"
        )
      }
      return references.except(component.parent)
    }
  )
}
