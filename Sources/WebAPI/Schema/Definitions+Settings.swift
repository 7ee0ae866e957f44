internal import Solutions
internal import XML

/// What a table says of itself beside its names, and what the platform gives a table that does not say it.
extension Definitions {
  static func settings(of model: TableModel) -> [(String, Cell)] {
    let settings = model.head.settings
    let flags = flags.map { ($0.name, Cell.boolean(flag(settings, $0.setting, else: $0.usual))) }
    let texts = texts.map { ($0, said(settings, $0)) }
    let guarded = guarded.map { property -> (String, Cell) in
      let value = property.setting.map { flag(settings, $0, else: property.usual) }
      let guardian = property.guardian ?? property.name
      let isOpen = property.guardian.map { flag(settings, $0, else: true) } ?? true
      return (property.name, managed(guardian, value ?? property.usual, isOpen: isOpen))
    }
    let mask = settings?.text(of: "ActivityTypeMask") ?? ""
    let own: [(String, Cell)] = [
      ("ActivityTypeMask", .integer(mask.isEmpty ? 0 : 1)),
      (
        "DaysSinceRecordLastModified",
        .integer(settings?.text(of: "DaysSinceRecordLastModified").flatMap { Int($0) } ?? 0)
      ),
      ("MobileOfflineFilters", .text(settings?.text(of: "MobileOfflineFilters") ?? "")),
      ("DataProviderId", id(settings, "DataProviderId")),
      ("DataSourceId", id(settings, "DataSourceId")),
      ("IsStateModelAware", .boolean(model.table.column("statecode") != nil)),
      ("ReportViewName", .text("Filtered\(model.head.spelledName)")),
    ]
    return flags + texts + guarded + own + constants
  }

  /// What is said; nothing where it is empty.
  static func said(_ element: XMLElement?, _ name: String) -> Cell {
    Cell(element?.text(of: name).flatMap { $0.isEmpty ? nil : $0 })
  }

  private static func id(_ element: XMLElement?, _ name: String) -> Cell {
    Cell(element?.text(of: name).flatMap { GUID($0) })
  }

  private typealias Flag = (name: String, setting: String, usual: Bool)

  private static let flags: [Flag] = {
    let alike = """
      AutoCreateAccessTeams AutoRouteToOwnerQueue EnforceStateTransitions EntityHelpUrlEnabled
      IsActivityParty IsBPFEntity IsBusinessProcessEnabled IsDocumentManagementEnabled
      IsDocumentRecommendationsEnabled IsEnabledForExternalChannels IsInteractionCentricEnabled
      IsKnowledgeManagementEnabled IsMSTeamsIntegrationEnabled IsOneNoteIntegrationEnabled
      IsQuickCreateEnabled IsRetrieveAuditEnabled IsRetrieveMultipleAuditEnabled IsSLAEnabled
      IsSolutionAware SyncToExternalSearchIndex
      """
    return alike.split { $0 == " " || $0 == "\n" }.map { (String($0), String($0), false) } + [
      ("IsReadingPaneEnabled", "IsReadingPaneEnabled", true),
      ("HasFeedback", "HasRelatedFeedback", false),
    ]
  }()

  private static let texts = [
    "EntityHelpUrl", "ExternalName", "ExternalCollectionName", "IconLargeName", "IconMediumName",
    "IconSmallName", "IconVectorName",
  ]

  /// A property that a managed property guards: its setting, where packages have one, and the guard's, where it is another.
  private typealias Guarded = (name: String, setting: String?, guardian: String?, usual: Bool)

  private static let guarded: [Guarded] = [
    ("CanBeInCustomEntityAssociation", nil, nil, true), ("CanBeInManyToMany", nil, nil, true),
    ("CanBePrimaryEntityInRelationship", nil, nil, true),
    ("CanBeRelatedEntityInRelationship", nil, nil, true),
    ("CanChangeHierarchicalRelationship", "CanChangeHierarchicalRelationship", nil, true),
    ("CanChangeTrackingBeEnabled", "CanChangeTrackingBeEnabled", nil, true),
    ("CanCreateCharts", "CanCreateCharts", nil, true),
    ("CanEnableSyncToExternalSearchIndex", "CanEnableSyncToExternalSearchIndex", nil, true),
    ("IsMappable", "IsMappable", nil, true),
    ("IsConnectionsEnabled", "IsConnectionsEnabled", "CanModifyConnectionSettings", false),
    (
      "IsDuplicateDetectionEnabled", "IsDuplicateCheckSupported",
      "CanModifyDuplicateDetectionSettings", false
    ), ("IsMailMergeEnabled", "IsMailMergeEnabled", "CanModifyMailMergeSettings", false),
    ("IsValidForQueue", nil, "CanModifyQueueSettings", false),
    ("IsVisibleInMobile", "IsVisibleInMobile", "CanModifyMobileVisibility", false),
    (
      "IsVisibleInMobileClient", "IsVisibleInMobileClient", "CanModifyMobileClientVisibility", false
    ),
    (
      "IsReadOnlyInMobileClient", "IsReadOnlyInMobileClient", "CanModifyMobileClientReadOnly", false
    ),
    ("IsOfflineInMobileClient", "IsOfflineInMobileClient", "CanModifyMobileClientOffline", false),
  ]

  /// What no package says: the same of every table that people make, and nothing where it differs.
  private static let constants: [(String, Cell)] = [
    ("CanTriggerWorkflow", .boolean(true)), ("HasEmailAddresses", .boolean(false)),
    ("IsAIRUpdated", .boolean(false)), ("IsArchivalEnabled", .boolean(false)),
    ("IsAvailableOffline", .boolean(false)), ("IsChildEntity", .boolean(false)),
    ("IsEnabledForCharts", .boolean(true)), ("IsEnabledForTrace", .boolean(false)),
    ("IsImportable", .boolean(true)), ("IsOptimisticConcurrencyEnabled", .boolean(true)),
    ("IsRetentionEnabled", .boolean(false)), ("UsesBusinessDataLabelTable", .boolean(false)),
    ("OwnerIdType", .integer(8)), ("OwnerId", .null), ("OwningBusinessUnit", .null),
    ("RecurrenceBaseEntityLogicalName", .null), ("SettingOf", .null),
    ("AutoReplicateClusterRecords", .null), ("CanChangeClusterMode", .null), ("CreatedOn", .null),
    ("ModifiedOn", .null),
  ]
}
