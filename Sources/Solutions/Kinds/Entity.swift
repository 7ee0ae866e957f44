internal import XML

extension ComponentType {
  package static let entity: ComponentType = 1
}

extension ComponentKind {
  /// A table; its columns, forms, views … are components of their own.
  package static let entity = ComponentKind(
    .entity,
    named: "Entity",
    title: "Table",
    at: ["Entities/Entity"],
    key: { element, _ in .lowered(element.text(of: "Name")) },
    isRooted: { _ in true },
    mark: ["EntityInfo", "entity"],
    physical: .table,
    headline: ["EntityInfo/entity/OwnershipTypeMask", "EntityInfo/entity/EntitySetName"],
    impacts: Impacts(
      .data,
      others: .behavior,
      [
        .data: setting(names: "OwnershipTypeMask IsActivity DataProviderId DataSourceId"),
        .access: setting(names: "AutoCreateAccessTeams"),
        .interface: setting(
          names: """
            IconSmallName IconMediumName IconLargeName IconVectorName EntityColor EntityHelpUrl \
            EntityHelpUrlEnabled ActivityTypeMask IsQuickCreateEnabled IsVisibleInMobile \
            IsVisibleInMobileClient IsReadingPaneEnabled IsInteractionCentricEnabled \
            IsReadOnlyInMobileClient
            """
        ),
        .label: ["Name@LocalizedName"],
        .metadata: ["Name", "Name@OriginalName", "EntityInfo/entity@Name"],
      ]
    ),
    managedProperties: [
      setting("IsCustomizable", guards: .everything),
      setting(
        "IsRenameable",
        guards: .properties([
          "\(settings)LocalizedNames", "\(settings)LocalizedCollectionNames", "Name@LocalizedName",
        ])
      ),
      setting("CanCreateForms", guards: .parts(.systemForm)),
      setting("CanCreateViews", guards: .parts(.savedQuery)),
      setting("CanCreateCharts", guards: .parts(.savedQueryVisualization)),
      setting("CanCreateAttributes", guards: .parts(.attribute)),
      setting("CanModifyAdditionalSettings", guards: .otherProperties),
      setting("CanChangeHierarchicalRelationship", guards: .parts(.hierarchyRule)),
      setting(
        "CanChangeTrackingBeEnabled",
        guards: .properties(["\(settings)ChangeTrackingEnabled"])
      ),
      setting(
        "CanEnableSyncToExternalSearchIndex",
        guards: .properties(["\(settings)SyncToExternalSearchIndex"])
      ),
    ],
    // Behavior 2, or a mention beside chosen parts: no settings of the table itself (PF-402).
    mention: { fragment in
      let settings = fragment.element.descend("EntityInfo", "entity")
      let states = settings.map { !fragment.children(of: $0).isEmpty } ?? false
      return states ? .definition : .reference
    },
    // Flows and older apps name it by its set.
    alias: { component in entitySet(component).map { .entity($0) } },
    base: .marked(by: "IsCustomizable"),
    lead: { component in entitySet(component).map { ($0, component.id.key) } },
    references: { component in
      var references = References()
      let settings = component.definition.element.descend("EntityInfo", "entity")
      for name in ["IconSmallName", "IconMediumName", "IconVectorName"] {
        references.webResource(settings?.text(of: name), via: name)
      }
      references.guid(settings?.text(of: "DataSourceId"), .entityDataSource, via: "DataSourceId")
      return references
    },
    checks: [Checks.tableFacts]
  )

  private static func entitySet(_ component: Component) -> String? {
    let settings = component.definition.element.descend("EntityInfo", "entity")
    guard let set = settings?.text(of: "EntitySetName"), !set.isEmpty else { return nil }
    return set.lowercased()
  }

  private static let settings = "EntityInfo/entity/"

  private static func setting(names: String) -> [String] {
    names.split(separator: " ").map { settings + $0 }
  }

  private static func setting(
    _ name: String,
    guards guarded: ManagedProperty.Guarded
  ) -> ManagedProperty {
    ManagedProperty(settings + name, guards: guarded)
  }
}
