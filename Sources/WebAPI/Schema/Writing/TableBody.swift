internal import JSON
internal import Solutions

/// A table as a client describes it, in words of a readable file.
struct TableBody: Sendable {
  private let body: MetadataBody
  private let choices: ChoiceBodies

  init(_ body: MetadataBody, choices: ChoiceBodies) { (self.body, self.choices) = (body, choices) }

  /// What a table that is made says.
  func made() async throws -> (name: String, said: Described) {
    try body.requireKnown(Self.known.union(Self.neutral), of: "a table")
    for name in ["IsActivity", "IsActivityParty"] where try body.flag(name) == true {
      throw WebError(missing: "\(name) of a table that is made")
    }
    if let type = try body.word("TableType"), type != "Standard" {
      throw WebError(missing: "TableType \(type.shown(80)) of a table that is made")
    }
    let columns = try columns()
    guard let primary = columns.first(where: \.isPrimaryName) else {
      throw WebError.badBody("none of the Attributes has IsPrimaryName")
    }
    var words = try self.words()
    let name: [(name: String, value: Described)] = [("name", .text(try primary.name()))]
    words.append(("primaryName", .pairs(name + (try await primary.made(isPrimary: true)))))
    var others: [(name: String, value: Described)] = []
    for column in columns where !column.isPrimaryName {
      others.append((try column.name(), .pairs(try await column.made())))
    }
    if !others.isEmpty { words.append(("columns", .pairs(others))) }
    return (try body.required("SchemaName"), .pairs(words))
  }

  /// What changes of one that is there.
  func changed() throws -> Described {
    try body.requireKnown(Self.known.subtracting(["Attributes"]).union(Self.parts), of: "a table")
    return .pairs(try words())
  }

  /// The name of its set that is said.
  func set() throws -> String? {
    try body.text("EntitySetName").flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The same, or the one that a table gets.
  func set(of table: String) throws -> String {
    try set() ?? InstalledState.set(of: table.lowercased())
  }

  /// The same column may be there twice, once as the one that names rows.
  private func columns() throws -> [ColumnBody] {
    var bodies: [(name: String, body: MetadataBody)] = []
    for value in try body.list("Attributes") ?? [] {
      let body = try MetadataBody(value, "a column")
      let name = try body.required("SchemaName").lowercased()
      guard let at = bodies.firstIndex(where: { $0.name == name }) else {
        bodies.append((name, body))
        continue
      }
      let isPrimary = body["IsPrimaryName"]?.boolean == true
      bodies[at].body =
        isPrimary ? body.completed(by: bodies[at].body) : bodies[at].body.completed(by: body)
    }
    return try bodies.map { try ColumnBody($0.body, choices: choices) }
  }

  private func words() throws -> [(name: String, value: Described)] {
    var words: [(name: String, value: Described)] = []
    for (name, word) in [
      ("DisplayName", "displayName"), ("DisplayCollectionName", "pluralName"),
      ("Description", "description"),
    ] {
      if let labels = try body.labels(name) { words.append((word, labels)) }
    }
    if let ownership = try body.word("OwnershipType") {
      let known = ["UserOwned": "user", "OrganizationOwned": "organization"]
      guard let word = known[ownership] else {
        throw WebError(missing: "OwnershipType \(ownership.shown(80)) of a table")
      }
      words.append(("ownership", .text(word)))
    }
    for (name, word) in [("EntitySetName", "entitySet"), ("EntityColor", "color")] {
      if let text = try body.text(name), !text.isEmpty { words.append((word, .text(text))) }
    }
    for (name, word) in [
      ("IsAuditEnabled", "auditing"), ("ChangeTrackingEnabled", "changeTracking"),
      ("IsQuickCreateEnabled", "quickCreate"), ("IsConnectionsEnabled", "connections"),
      ("IsDuplicateDetectionEnabled", "duplicateDetection"),
    ] {
      if let flag = try body.flag(name) { words.append((word, .yes(flag))) }
    }
    // What no word of a file stands for is a setting by its path.
    var settings: [(name: String, value: Described)] = []
    for (name, setting) in [
      ("HasActivities", "HasRelatedActivities"), ("HasNotes", "HasRelatedNotes"),
    ] {
      guard let flag = try body.flag(name) else { continue }
      settings.append(("EntityInfo/entity/\(setting)", .text(flag ? "1" : "0")))
    }
    if !settings.isEmpty { words.append(("properties", .pairs(settings))) }
    return words
  }

  private static let known: Set<String> = [
    "DisplayName", "DisplayCollectionName", "Description", "OwnershipType", "EntitySetName",
    "EntityColor", "IsAuditEnabled", "ChangeTrackingEnabled", "IsQuickCreateEnabled",
    "IsConnectionsEnabled", "IsDuplicateDetectionEnabled", "HasActivities", "HasNotes",
    "Attributes",
  ]

  /// What is read with a definition and written by requests of its own.
  private static let parts: Set<String> = [
    "Attributes", "Keys", "OneToManyRelationships", "ManyToOneRelationships",
    "ManyToManyRelationships", "Privileges", "Settings",
  ]

  /// What a new table may say and what then is as the platform makes it.
  private static let neutral: Set<String> = [
    "SchemaName", "LogicalName", "LogicalCollectionName", "CollectionSchemaName",
    "PrimaryNameAttribute", "PrimaryIdAttribute", "PrimaryImageAttribute", "IsActivity",
    "IsActivityParty", "IsCustomEntity", "IsCustomizable", "IsRenameable", "IsMappable",
    "IsPrivate", "IsIntersect", "IsValidForAdvancedFind", "IsValidForQueue", "IsMailMergeEnabled",
    "IsVisibleInMobile", "IsVisibleInMobileClient", "IsReadOnlyInMobileClient",
    "IsOfflineInMobileClient", "IsDocumentManagementEnabled", "IsKnowledgeManagementEnabled",
    "IsOneNoteIntegrationEnabled", "IsInteractionCentricEnabled", "IsBusinessProcessEnabled",
    "IsReadingPaneEnabled", "IsSLAEnabled", "IsBPFEntity", "IsDocumentRecommendationsEnabled",
    "IsAvailableOffline", "IsChildEntity", "IsImportable", "IsStateModelAware",
    "IsEnabledForCharts", "IsEnabledForTrace", "IsEnabledForExternalChannels",
    "IsLogicalEntity", "IsOptimisticConcurrencyEnabled", "IsMSTeamsIntegrationEnabled",
    "IsRetrieveAuditEnabled", "IsRetrieveMultipleAuditEnabled", "IsSolutionAware",
    "AutoCreateAccessTeams", "AutoRouteToOwnerQueue", "ActivityTypeMask", "CanCreateAttributes",
    "CanCreateForms", "CanCreateCharts", "CanCreateViews", "CanModifyAdditionalSettings",
    "CanBePrimaryEntityInRelationship", "CanBeRelatedEntityInRelationship",
    "CanBeInManyToMany", "CanBeInCustomEntityAssociation", "CanEnableSyncToExternalSearchIndex",
    "SyncToExternalSearchIndex", "CanChangeHierarchicalRelationship",
    "CanChangeTrackingBeEnabled", "EnforceStateTransitions", "EntityHelpUrl",
    "EntityHelpUrlEnabled", "DaysSinceRecordLastModified", "IntroducedVersion", "TableType",
    "ExternalName", "ExternalCollectionName", "DataProviderId", "DataSourceId", "HasEmailAddresses",
    "HasFeedback", "UsesBusinessDataLabelTable", "ObjectTypeCode", "OwnerId", "OwnerIdType",
    "OwningBusinessUnit", "IconLargeName", "IconMediumName", "IconSmallName", "IconVectorName",
  ]
}
