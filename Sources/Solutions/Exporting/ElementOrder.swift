/// In which order the platform's exports write children (PF-301, PF-401), where order is not the document's own.
package enum ElementOrder {
  /// The place of a child among those of its parent that have one; nil for a child that may stand anywhere.
  ///
  /// Sections that no kind has, and those of framework tables (PF-705), stand behind all but the languages.
  package static func rank(of child: String, in parent: String) -> Int? {
    guard let ranks = ranks[parent] else { return nil }
    return ranks[child] ?? (parent == "ImportExportXml" ? ranks["EntityDataSources"] : nil)
  }

  package static func isOrdered(_ parent: String) -> Bool { ranks[parent] != nil }

  /// Sections that every export has, even empty (PF-301).
  package static let sections = [
    "Entities", "Roles", "Workflows", "FieldSecurityProfiles", "Templates", "EntityMaps",
    "EntityRelationships", "OrganizationSettings", "optionsets", "CustomControls",
    "EntityDataProviders", "Languages",
  ]

  private static let ranks: [String: [String: Int]] = [
    "ImportExportXml": numbered(
      """
      Entities Roles Workflows FieldSecurityProfiles Templates ConnectionRoles EntityImageConfigs
      AttributeImageConfigs RibbonDiffXml SiteMap EntityMaps EntityRelationships
      EnvironmentVariables OrganizationSettings optionsets Reports Dashboards
      InteractionCentricDashboards Dialogs WebResources Slas CustomControls
      SolutionPluginAssemblies SdkMessageProcessingSteps ServiceEndpoints AppModuleSiteMaps
      AppModules EntityDataProviders CanvasApps Connectors AIModels connectionreferences
      EntityDataSources Languages StoredProcedures
      """
    ),
    "Entity": numbered(
      """
      Name ObjectTypeCode EntityInfo FormXml SavedQueries Visualizations RibbonDiffXml
      HierarchyRules CustomControlDefaultConfigs Strings Icons indexes
      """
    ),
    "entity": numbered(
      "LocalizedNames LocalizedCollectionNames Descriptions attributes EntityKeys EntitySetName"
    ),
    "Reports": numbered("ReportSignatureIdMappings Report"),
    "ConnectionRoles": numbered("ConnectionRoles ConnectionRoleAssociations"),
  ]

  private static func numbered(_ names: String) -> [String: Int] {
    let names = names.split { $0 == " " || $0 == "\n" }.map(String.init)
    return Dictionary(uniqueKeysWithValues: zip(names, names.indices))
  }
}
