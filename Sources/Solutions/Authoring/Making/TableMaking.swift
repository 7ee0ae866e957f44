/// A table as the platform makes it, with all its parts.
struct TableMaking: Sendable {
  /// As it is written.
  let name: String
  let isUserOwned: Bool
  let displayName: String
  let pluralName: String
  /// The column that names rows, as it is written.
  let primaryName: String
  /// What people see of it.
  let primaryLabel: String
  let context: MakingContext

  var logicalName: String { name.lowercased() }

  /// What every table can say of itself.
  static let fields: [Field] = [
    .labels("displayName", settings + ["LocalizedNames"], "LocalizedName", "what people see"),
    .labels(
      "pluralName",
      settings + ["LocalizedCollectionNames"],
      "LocalizedCollectionName",
      "the same of several rows"
    ),
    .labels("description", settings + ["Descriptions"], "Description", "what it is for"),
    .word(
      "ownership",
      settings + ["OwnershipTypeMask"],
      ["user": "UserOwned", "organization": "OrgOwned"],
      "who has rows"
    ),
    .text("entitySet", settings + ["EntitySetName"], "its name in the Web API"),
    .flag("auditing", settings + ["IsAuditEnabled"], "whether changes are recorded"),
    .flag("changeTracking", settings + ["ChangeTrackingEnabled"], "whether changes are tracked"),
    .flag(
      "quickCreate",
      settings + ["IsQuickCreateEnabled"],
      "whether quick create forms are used"
    ),
    .flag(
      "duplicateDetection",
      settings + ["IsDuplicateCheckSupported"],
      "whether duplicates are looked for"
    ),
    .flag("connections", settings + ["IsConnectionsEnabled"], "whether rows can be connected"),
    .text("color", settings + ["EntityColor"], "its color, #rrggbb"),
    .text("icon", settings + ["IconVectorName"], "the web resource that is its icon"),
  ]

  static let settings = ["EntityInfo", "entity"]

  var entity: Element {
    let facts = Self.facts.map { fact -> Element in
      switch fact.name {
      case "EntitySetName": Element(fact.name, text: InstalledState.set(of: logicalName))
      case "OwnershipTypeMask": Element(fact.name, text: isUserOwned ? "UserOwned" : "OrgOwned")
      default: Element(fact.name, text: fact.text)
      }
    }
    let labels: [Element] = [
      .labels("LocalizedNames", "LocalizedName", displayName, context),
      .labels("LocalizedCollectionNames", "LocalizedCollectionName", pluralName, context),
      .labels("Descriptions", "Description", "", context),
    ]
    return Element(
      "Entity",
      children: [
        Element(
          "Name",
          [("LocalizedName", displayName), ("OriginalName", displayName)],
          text: name
        ),
        Element(
          "EntityInfo",
          children: [Element("entity", [("Name", name)], children: labels + facts)]
        ),
      ]
    )
  }

  /// Of tables that the maker portal makes.
  private static let facts: [(name: String, text: String)] = {
    let spelled = """
      EntitySetName IsDuplicateCheckSupported=1 IsBusinessProcessEnabled=0 IsRequiredOffline=0
      IsInteractionCentricEnabled=0 IsCollaboration=0 AutoRouteToOwnerQueue=0 IsConnectionsEnabled=0
      IsDocumentManagementEnabled=0 AutoCreateAccessTeams=0 IsOneNoteIntegrationEnabled=0
      IsKnowledgeManagementEnabled=0 IsSLAEnabled=0 IsDocumentRecommendationsEnabled=0 IsBPFEntity=0
      OwnershipTypeMask IsAuditEnabled=0 IsRetrieveAuditEnabled=0 IsRetrieveMultipleAuditEnabled=0
      IsActivity=0 ActivityTypeMask IsActivityParty=0 IsReplicated=0 IsReplicationUserFiltered=0
      IsMailMergeEnabled=1 IsVisibleInMobile=0 IsVisibleInMobileClient=0 IsReadOnlyInMobileClient=0
      IsOfflineInMobileClient=0 DaysSinceRecordLastModified=0 MobileOfflineFilters IsMapiGridEnabled=1
      IsReadingPaneEnabled=1 IsQuickCreateEnabled=0 SyncToExternalSearchIndex=0
      IntroducedVersion=1.0 IsCustomizable=1 IsRenameable=1 IsMappable=1 CanModifyAuditSettings=1
      CanModifyMobileVisibility=1 CanModifyMobileClientVisibility=1 CanModifyMobileClientReadOnly=1
      CanModifyMobileClientOffline=1 CanModifyConnectionSettings=1
      CanModifyDuplicateDetectionSettings=1 CanModifyMailMergeSettings=1 CanModifyQueueSettings=1
      CanCreateAttributes=1 CanCreateForms=1 CanCreateCharts=1 CanCreateViews=1
      CanModifyAdditionalSettings=1 CanEnableSyncToExternalSearchIndex=1 EnforceStateTransitions=0
      CanChangeHierarchicalRelationship=1 EntityHelpUrlEnabled=0 ChangeTrackingEnabled=0
      CanChangeTrackingBeEnabled=1 IsEnabledForExternalChannels=0 IsSolutionAware=0
      """
    return spelled.split { $0 == " " || $0 == "\n" }.map { fact in
      let parts = fact.split(separator: "=")
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
  }()

  // MARK: Columns

  /// The column that names rows.
  var primaryColumn: Element {
    .column(
      primaryName,
      type: "nvarchar",
      label: primaryLabel,
      mask: "PrimaryName|\(ColumnWord.standardMask)|RequiredForForm",
      changes: [
        "RequiredLevel": "required", "IsSearchable": "1", "IsRetrievable": "1",
        "IntroducedVersion": "1.0",
      ],
      settings: [
        Element("Format", text: "text"), Element("MaxLength", text: "100"),
        Element("Length", text: "200"),
      ],
      context
    )
  }

  /// Those that every table has, by logical name.
  var systemColumns: [(name: String, column: Element)] {
    SystemColumn.all.filter { $0.ownership.map { $0 == isUserOwned } ?? true }.map { column in
      (column.name.lowercased(), self.column(column))
    } + [(logicalName + "id", keyColumn)]
  }

  private var keyColumn: Element {
    column(
      SystemColumn(
        name + "Id",
        "primarykey",
        label: displayName,
        "Unique identifier for entity instances",
        mask: "ValidForAdvancedFind|RequiredForGrid",
        [
          "RequiredLevel": "systemrequired", "ValidForCreateApi": "1", "IsFilterable": "1",
          "IsRetrievable": "1", "CanModifyRequirementLevelSettings": "0",
        ]
      )
    )
  }

  func column(_ column: SystemColumn) -> Element {
    let base = [
      "ValidForUpdateApi": "0", "ValidForCreateApi": "0", "IsCustomField": "0",
      "IsAuditEnabled": "0", "IntroducedVersion": "1.0",
    ]
    var settings = column.settings.map { Element($0.name, text: $0.text) }
    switch column.type {
    case "state": settings.append(states)
    case "status": settings.append(statuses)
    case "owner":
      let types = ["8", "9"].map {
        Element("LookupType", [("id", "00000000-0000-0000-0000-000000000000")], text: $0)
      }
      settings.append(Element("LookupTypes", children: types))
    default: break
    }
    let isNamed = ["state", "status"].contains(column.type)
    return .column(
      column.name,
      type: column.type,
      label: column.label,
      description: isNamed ? column.description + displayName : column.description,
      mask: column.mask,
      imeMode: column.imeMode,
      changes: base.merging(column.changes) { $1 },
      settings: settings,
      context
    )
  }

  private var states: Element {
    let states = [("0", "1", "Active"), ("1", "2", "Inactive")].map { value, status, name in
      Element(
        "state",
        [("value", value), ("defaultstatus", status), ("invariantname", name)],
        children: [.labels("labels", "label", name, context)]
      )
    }
    return choice("state", "Status", "Status of the ", Element("states", children: states))
  }

  private var statuses: Element {
    let statuses = [("1", "0", "Active"), ("2", "1", "Inactive")].map { value, state, name in
      Element(
        "status",
        [("value", value), ("state", state)],
        children: [.labels("labels", "label", name, context)]
      )
    }
    return choice(
      "status",
      "Status Reason",
      "Reason for the status of the ",
      Element("statuses", children: statuses)
    )
  }

  private func choice(
    _ type: String,
    _ label: String,
    _ description: String,
    _ options: Element
  ) -> Element {
    Element(
      "optionset",
      [("Name", "\(logicalName)_\(type)code")],
      children: [
        Element("OptionSetType", text: type), Element("IntroducedVersion", text: "1.0"),
        Element("IsCustomizable", text: "1"),
        .labels("displaynames", "displayname", label, context),
        .labels("Descriptions", "Description", description + displayName, context), options,
      ]
    )
  }

  // MARK: Relationships

  /// Those with which every table refers to who has made and owns a row.
  var systemRelationships: [Element] {
    let ends: [(name: String, table: String, column: String, isUserOwned: Bool?, about: String)] = [
      ("business_unit_\(logicalName)", "BusinessUnit", "OwningBusinessUnit", true, ""),
      ("lk_\(logicalName)_createdby", "SystemUser", "CreatedBy", nil, ""),
      ("lk_\(logicalName)_modifiedby", "SystemUser", "ModifiedBy", nil, ""),
      ("owner_\(logicalName)", "Owner", "OwnerId", true, ""),
      ("team_\(logicalName)", "Team", "OwningTeam", true, ""),
      ("user_\(logicalName)", "SystemUser", "OwningUser", true, ""),
      ("organization_\(logicalName)", "Organization", "OrganizationId", false, ""),
    ]
    return ends.filter { $0.isUserOwned.map { $0 == isUserOwned } ?? true }.map { end in
      let about = SystemColumn.all.first { $0.name == end.column }?.description ?? ""
      return RelationshipMaking(
        name: end.name,
        referencing: name,
        column: end.column,
        referenced: end.table,
        description: about,
        context: context
      ).systemRelationship
    }
  }
}
