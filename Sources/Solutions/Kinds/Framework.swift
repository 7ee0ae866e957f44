package import XML

extension ComponentKind {
  /// Rows of any solution-aware table: the kind is known by the table's name (PF-701, PF-710).
  package static func framework(table: String) -> ComponentKind {
    ComponentKind(
      .table(table),
      named: table,
      title: table,
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
      .number(number),
      named: "type \(number)",
      title: "component of type \(number)",
      key: { _, _ in nil }
    )
  }
}

extension XMLElement {
  /// Values of the key attributes, by attribute name; flags, types and namespaced ones aside.
  package var attributeValues: [String] {
    attributes.filter {
      $0.name != "unmodified" && !$0.name.contains(":") && !$0.name.hasPrefix(TypeMark.name)
    }
    .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.map(\.value)
  }
}

/// What a row of a framework table names: its lookups, and both ends of a pair of rows (PF-703, PF-706).
private func frameworkReferences(_ component: Component) -> References {
  var references = References()
  let row = component.definition.element
  for column in row.children {
    let name = column.name.lowercased()
    // A lookup holds the key column of what it names; labels stand in the same way.
    let key = column.children.first { !$0.isText && $0.name != "label" }
    references.lookup(name, key: key?.name.lowercased(), key?.text ?? column.text)
  }
  for end in row.attributes {
    let path = end.name.lowercased().split(separator: ".").map(String.init)
    guard path.count == 2 else { continue }
    // A pair is named for its ends, and goes with the first.
    let isFirst = row.name.lowercased().hasPrefix(path[0].droppingID + "_")
    references.lookup(path[0], key: path[1], end.value, isFirst ? .solutionInternal : .published)
  }
  return references.except(component.id)
}

extension References {
  /// A row named by a lookup: by the column, where its target is known, or by the key column.
  fileprivate mutating func lookup(
    _ column: String,
    key: String?,
    _ value: String,
    _ type: DependencyType = .published
  ) {
    guard !value.isEmpty else { return }
    if let target = Lookups.targets[column] {
      add(Lookups.id(table: target, value), type, via: column)
    } else if let key, Lookups.kinds[key.droppingID] != nil {
      add(Lookups.id(table: key.droppingID, value), type, via: column)
    } else if key != nil {
      // The column is mostly called as the table; where it is not, nothing is found.
      add(Lookups.id(table: column.droppingID, value), type, via: column, isCertain: false)
    }
  }
}

private enum Lookups {
  /// Tables that columns lead to, where their names do not say so alone.
  static let targets: [String: String] = [
    "boundentitylogicalname": "entity", "contextvalue": "entity", "contextentity": "entity",
    "entityid": "entity", "appmoduleid": "appmodule", "parentappmoduleid": "appmodule",
    "onclickeventjavascriptwebresourceid": "webresource", "iconwebresourceid": "webresource",
    "webresourceid": "webresource", "workflowid": "workflow", "processid": "workflow",
    "customapi": "customapi", "customapiid": "customapi", "fxexpressionid": "fxexpression",
    "parentbotid": "bot", "parentbotcomponentid": "botcomponent",
    "parentbotcomponentcollectionid": "botcomponentcollection",
    "environmentvariabledefinitionid": "environmentvariabledefinition",
    "parentdefinitionid": "environmentvariabledefinition", "plugintypeid": "plugintype",
    "msdyn_aimodel": "msdyn_aimodel", "msdyn_aimodelid": "msdyn_aimodel",
    "visibilityformulacomponentlibraryid": "canvasapp", "datasetid": "powerbidataset",
    "settingdefinitionid": "settingdefinition", "connectionreferenceid": "connectionreference",
    "msdyn_agentscriptid": "msdyn_productivityagentscript",
    "msdyn_toolid": "msdyn_panetoolconfiguration",
    "msdyn_productivitypaneid": "msdyn_paneconfiguration",
    "msdyn_anchortab": "msdyn_applicationtabtemplate",
  ]

  /// Tables whose rows are kinds with a number.
  static let kinds: [String: ComponentKind] = [
    "entity": .entity, "role": .role, "savedquery": .savedQuery, "workflow": .workflow,
    "emailtemplate": .emailTemplate, "systemform": .systemForm, "webresource": .webResource,
    "fieldsecurityprofile": .fieldSecurityProfile, "appmodule": .appModule,
    "plugintype": .pluginType, "sdkmessageprocessingstep": .sdkMessageProcessingStep,
    "serviceendpoint": .serviceEndpoint, "canvasapp": .canvasApp, "connector": .connector,
    "environmentvariabledefinition": .environmentVariableDefinition,
    "msdyn_aimodel": .aiProject, "msdyn_aiconfiguration": .aiConfiguration,
  ]

  static func id(table: String, _ value: String) -> ComponentID {
    (kinds[table] ?? .framework(table: table)).id(named: value)
  }
}

extension String {
  fileprivate var droppingID: String { hasSuffix("id") ? String(dropLast(2)) : self }
}
