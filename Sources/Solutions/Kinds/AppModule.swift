internal import XML

extension ComponentKind {
  /// A model-driven app.
  package static let appModule = ComponentKind(
    80,
    named: "AppModule",
    title: "App",
    at: ["AppModules/AppModule"],
    key: { element, _ in .named(element.text(of: "UniqueName")) },
    isRooted: { _ in true },
    merge: .app,
    publishing: .onDemand,
    impacts: Impacts(.interface, [.access: ["AppModuleRoleMaps"]]),
    references: { component in
      var references = References()
      let element = component.definition.element
      for part in element.descendants("AppModuleComponent") {
        guard !part.isTakenAway,
          let type = part.attribute("type").flatMap({ Int($0) })
        else { continue }
        let via = "AppModuleComponent"
        if let name = part.attribute("schemaName") {
          references.add(ComponentID(.number(type), name.lowercased()), via: via)
        } else {
          references.guid(part.attribute("id"), .number(type), via: via)
        }
      }
      references.guid(element.text(of: "WebResourceId"), .webResource, via: "WebResourceId")
      for role in element.child("AppModuleRoleMaps")?.children("Role") ?? [] {
        references.guid(role.attribute("id"), .role, via: "AppModuleRoleMaps/Role")
      }
      return references
    }
  )

  /// A page of an app, written under it (PF-615).
  package static let appElement = appRow("appelement", "appelements", "App element")
  /// A setting of an app, written under it (PF-615).
  package static let appSetting = appRow("appsetting", "appsettings", "App setting")

  private static func appRow(_ table: String, _ list: String, _ title: String) -> ComponentKind {
    ComponentKind(
      .table(table),
      named: table,
      title: title,
      at: ["AppModules/AppModule/\(list)/\(table)"],
      key: { element, app in
        Key.named(element.attributeValues.joined(separator: ","))?.under(app)
      },
      parent: .enclosing,
      impacts: .interface,
      references: { component in
        var references = References()
        let element = component.definition.element
        if let app = element.descend("canvasappid", "name") {
          references.add(ComponentID(.canvasApp, app.text.lowercased()), via: "canvasappid")
        }
        if let setting = element.attribute("settingdefinitionid.uniquename"), !setting.isEmpty {
          references.add(
            ComponentID(.table("settingdefinition"), setting.lowercased()),
            via: "settingdefinitionid"
          )
        }
        return references
      }
    )
  }
}
