package import XML

extension ComponentKind {
  /// Rows of any solution-aware table: the kind is known by the table's name (PF-701, PF-710).
  package static func framework(table: String) -> ComponentKind {
    ComponentKind(
      type: .table(table),
      table,
      table,
      at: [],
      key: { element, parent in
        Key.named(element.attributeValues.joined(separator: ","))?.under(parent)
      },
      parent: .enclosing,
      references: { frameworkReferences($0) }
    )
  }
}

extension ComponentKind {
  /// A number that a manifest names and no kind has; packages hold no definition of it.
  static func unknown(_ number: Int) -> ComponentKind {
    ComponentKind(
      number,
      "type \(number)",
      "component of type \(number)",
      at: [],
      key: { _, _ in nil }
    )
  }
}

extension XMLElement {
  /// Values of the key attributes, by attribute name; flags and namespaced ones aside.
  package var attributeValues: [String] {
    attributes.filter { $0.name != "unmodified" && !$0.name.contains(":") }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.map(\.value)
  }
}

/// Lookups of framework rows by the columns whose target is known.
private func frameworkReferences(_ component: Component) -> [Reference] {
  var references = References()
  for column in component.definition.element.children {
    let value = column.children.first { _ in true }?.text ?? column.text
    guard !value.isEmpty else { continue }
    let name = column.name.lowercased()
    switch name {
    case "boundentitylogicalname", "contextvalue": references.entity(value, via: name)
    case "contextentity", "entityid": references.entity(value, via: name)
    case "appmoduleid", "parentappmoduleid":
      references.add(ComponentID(.number(80), value.lowercased()), via: name)
    case "onclickeventjavascriptwebresourceid", "iconwebresourceid", "webresourceid":
      references.webResource(value, via: name)
    case "workflowid", "processid": references.guid(value, 29, via: name)
    case "customapi", "customapiid":
      references.add(ComponentID(.table("customapi"), value.lowercased()), via: name)
    case "fxexpressionid":
      references.add(ComponentID(.table("fxexpression"), value.lowercased()), via: name)
    case "parentbotid":
      references.add(ComponentID(.table("bot"), value.lowercased()), via: name)
    case "environmentvariabledefinitionid":
      references.add(ComponentID(.number(380), value.lowercased()), via: name)
    default: continue
    }
  }
  return references.found.filter { $0.target != component.id }
}
