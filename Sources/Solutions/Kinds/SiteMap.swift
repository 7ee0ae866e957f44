internal import XML

extension ComponentType {
  package static let siteMap: ComponentType = 62
}

extension ComponentKind {
  /// The navigation of an app, or of the whole organization.
  package static let siteMap = ComponentKind(
    .siteMap,
    named: "SiteMap",
    title: "Site map",
    at: ["SiteMap/SiteMap", "AppModuleSiteMaps/AppModuleSiteMap"],
    key: { element, _ in
      element.name == "SiteMap" ? .exact("default") : .named(element.text(of: "SiteMapUniqueName"))
    },
    rootKey: .custom(
      { root in
        // The organization's, which has neither.
        guard let name = root.schemaName ?? root.id?.description else { return .exact("default") }
        return Key(key: name.lowercased(), name: name)
      },
      spelled: { component in
        let name = component.id.key == "default" ? nil : component.name
        return Root(schemaName: name, id: nil, parentSchemaName: nil)
      }
    ),
    isRooted: { _ in true },
    merge: .siteMap,
    publishing: .pending,
    impacts: Impacts(.interface, [.metadata: ["SiteMap@IntroducedVersion"]]),
    // The organization's is the platform's own; nobody can delete it (LY-606).
    base: .platform { $0.id.key == "default" },
    references: { component in
      var references = References()
      for element in component.definition.element.descendants {
        if element.name == "Privilege" {
          references.entity(element.attribute("Entity"), via: "Privilege@Entity")
        }
        guard ["SubArea", "Area", "Group"].contains(element.name),
          !element.isTakenAway
        else { continue }
        references.entity(element.attribute("Entity"), via: "\(element.name)@Entity")
        for name in ["Icon", "VectorIcon", "OutlookShortcutIcon"] {
          references.icon(element.attribute(name), via: "\(element.name)@\(name)")
        }
        references.webResourceDirective(element.attribute("Url"), via: "\(element.name)@Url")
        references.guid(
          element.attribute("DefaultDashboard"),
          .systemForm,
          via: "\(element.name)@DefaultDashboard"
        )
      }
      return references
    },
    checks: [Checks.siteMap]
  )
}
