import EnvironmentSupport
import Solutions
import Testing
import WebAPI
import XML

/// What definitions say when they are read.
@Suite("Web API: reading definitions")
struct WebMetadataTests {
  private let things = "EntityDefinitions(LogicalName='new_thing')"

  /// A table `new_Thing` in the solution `Own`.
  ///
  /// - Parameter said: of the table, beside its names.
  private func asking(_ said: String = "\"OwnershipType\":\"UserOwned\"") async throws -> Asking {
    let asking = try await Asking.own()
    let table = MetadataText.table("new_Thing", "Thing", said)
    #expect(await asking.make("EntityDefinitions", table) == "204")
    return asking
  }

  // MARK: Properties

  private static let ofTables = """
    ActivityTypeMask AutoCreateAccessTeams AutoRouteToOwnerQueue CanBeInCustomEntityAssociation
    CanBeInManyToMany CanBePrimaryEntityInRelationship CanBeRelatedEntityInRelationship
    CanChangeHierarchicalRelationship CanChangeTrackingBeEnabled CanCreateAttributes CanCreateCharts
    CanCreateForms CanCreateViews CanEnableSyncToExternalSearchIndex CanModifyAdditionalSettings
    CanTriggerWorkflow ChangeTrackingEnabled CollectionSchemaName CreatedOn DataProviderId
    DataSourceId DaysSinceRecordLastModified EnforceStateTransitions EntityColor EntityHelpUrl
    EntityHelpUrlEnabled ExternalCollectionName ExternalName HasActivities HasEmailAddresses
    HasFeedback HasNotes IconLargeName IconMediumName IconSmallName IconVectorName IsActivity
    IsActivityParty IsAIRUpdated IsArchivalEnabled IsAuditEnabled IsAvailableOffline IsBPFEntity
    IsBusinessProcessEnabled IsChildEntity IsConnectionsEnabled IsDocumentManagementEnabled
    IsDocumentRecommendationsEnabled IsDuplicateDetectionEnabled IsEnabledForCharts
    IsEnabledForExternalChannels IsEnabledForTrace IsImportable IsInteractionCentricEnabled
    IsIntersect IsKnowledgeManagementEnabled IsLogicalEntity IsMailMergeEnabled IsMappable
    IsMSTeamsIntegrationEnabled IsOfflineInMobileClient IsOneNoteIntegrationEnabled
    IsOptimisticConcurrencyEnabled IsQuickCreateEnabled IsReadingPaneEnabled
    IsReadOnlyInMobileClient IsRenameable IsRetentionEnabled IsRetrieveAuditEnabled
    IsRetrieveMultipleAuditEnabled IsSLAEnabled IsSolutionAware IsStateModelAware
    IsValidForAdvancedFind IsValidForQueue IsVisibleInMobile IsVisibleInMobileClient
    MobileOfflineFilters ModifiedOn ObjectTypeCode OwnerId OwnerIdType OwnershipType
    PrimaryImageAttribute RecurrenceBaseEntityLogicalName ReportViewName SettingOf
    SyncToExternalSearchIndex TableType UsesBusinessDataLabelTable
    """

  private static let ofColumns = """
    AttributeOf AttributeTypeName AutoNumberFormat CanBeSecuredForCreate CanBeSecuredForRead
    CanBeSecuredForUpdate CanModifyAdditionalSettings ColumnNumber CreatedOn DeprecatedVersion
    ExternalName InheritsFrom IsAuditEnabled IsDataSourceSecret IsFilterable IsGlobalFilterEnabled
    IsLogical IsRenameable IsRequiredForForm IsRetrievable IsSearchable IsSecured IsSortableEnabled
    IsValidForAdvancedFind IsValidForForm IsValidForGrid IsValidForUpdate LinkedAttributeId
    ModifiedOn RequiredLevel SourceType
    """

  private static let ofKinds = [
    "String": "DatabaseLength,FormulaDefinition,ImeMode,IsLocalizable,SourceTypeMask,YomiOf",
    "DateTime": "CanChangeDateTimeBehavior,MinSupportedValue,MaxSupportedValue,SourceTypeMask",
    "Picklist": "ChildPicklistLogicalNames,ParentPicklistLogicalName,FormulaDefinition",
    "Lookup": "Targets,Format",
  ]

  private static let ofRelationships = [
    "OneToMany":
      "AssociatedMenuConfiguration,DenormalizedAttributeName,EntityKey,IsDenormalizedLookup,IsRelationshipAttributeDenormalized,RelationshipAttributes",
    "ManyToMany": "Entity1AssociatedMenuConfiguration,Entity2AssociatedMenuConfiguration",
  ]

  private static func list(_ names: String) -> String {
    names.split { $0 == " " || $0 == "\n" }.joined(separator: ",")
  }

  @Test("WA-703 every property that is documented can be selected, whatever a definition says")
  func properties() async throws {
    let asking = try await asking()
    #expect(
      await asking.make(
        "\(things)/Attributes",
        MetadataText.column(
          "new_Kind",
          "Picklist",
          "\"OptionSet\":{\"Options\":[{\"Value\":1,\"Label\":\(MetadataText.label("A"))}]}"
        )
      ) == "204"
    )
    #expect(
      await asking.make(
        "GlobalOptionSetDefinitions",
        "{\"@odata.type\":\"\(MetadataText.type).OptionSetMetadata\",\"Name\":\"new_color\",\"DisplayName\":\(MetadataText.label("Color")),\"Options\":[]}"
      ) == "204"
    )
    var paths = [
      "EntityDefinitions?$select=\(Self.list(Self.ofTables))",
      "\(things)/Attributes?$select=\(Self.list(Self.ofColumns))",
      "\(things)?$expand=Attributes($select=\(Self.list(Self.ofColumns)))",
      "EntityDefinitions(LogicalName='account')/Attributes?$select=\(Self.list(Self.ofColumns))",
      "GlobalOptionSetDefinitions?$select=ParentOptionSetName,ExternalTypeName",
      "\(things)/Keys?$select=IntroducedVersion,IsExportKey,IsSecondaryKey,IsSynchronous",
    ]
    for (kind, names) in Self.ofKinds {
      paths.append(
        "\(things)/Attributes/\(MetadataText.type).\(kind)AttributeMetadata?$select=\(names)"
      )
    }
    for (kind, names) in Self.ofRelationships {
      paths.append(
        "RelationshipDefinitions/\(MetadataText.type).\(kind)RelationshipMetadata?$select=\(names)"
      )
    }
    for path in paths {
      let answer = await asking.ask("GET \(path)")
      #expect(answer.hasPrefix("200"), "\(path): \(answer.prefix(300))")
    }
    let none = await asking.ask("GET \(things)?$select=IsNothing")
    #expect(none.hasPrefix("400") && none.contains("0x80060888"), "\(none)")
  }

  @Test("WA-703 properties say what the definition says")
  func said() async throws {
    let asking = try await asking(
      "\"OwnershipType\":\"UserOwned\",\"IsQuickCreateEnabled\":true,\"IsConnectionsEnabled\":{\"Value\":true}"
    )
    let table = await asking.ask(
      "GET \(things)?$select=IsQuickCreateEnabled,IsConnectionsEnabled,IsSLAEnabled,IconVectorName,ReportViewName"
    )
    for part in [
      "\"IsQuickCreateEnabled\":true", "\"IsSLAEnabled\":false", "\"IconVectorName\":null",
      "\"IsConnectionsEnabled\":{\"Value\":true,\"CanBeChanged\":true,\"ManagedPropertyLogicalName\":\"canmodifyconnectionsettings\"}",
      "\"ReportViewName\":\"Filterednew_Thing\"",
    ] { #expect(table.contains(part), "\(part): \(table)") }
    #expect(
      await asking.make(
        "\(things)/Attributes",
        MetadataText.column(
          "new_Time",
          "Integer",
          "\"Format\":\"Duration\",\"IsSortableEnabled\":{\"Value\":true}"
        )
      ) == "204"
    )
    let column = await asking.ask(
      "GET \(things)/Attributes(LogicalName='new_time')/\(MetadataText.type).IntegerAttributeMetadata?$select=Format,IsSortableEnabled,IsGlobalFilterEnabled,IsValidForForm,AutoNumberFormat,SourceTypeMask"
    )
    for part in [
      "\"Format\":\"Duration\"", "\"IsSortableEnabled\":{\"Value\":true",
      "\"IsGlobalFilterEnabled\":{\"Value\":false", "\"IsValidForForm\":true",
      "\"AutoNumberFormat\":null", "\"SourceTypeMask\":0",
    ] { #expect(column.contains(part), "\(part): \(column)") }
    let key = await asking.ask(
      "GET \(things)/Attributes(LogicalName='new_thingid')?$select=IsValidForForm,CanBeSecuredForRead"
    )
    #expect(
      key.contains("\"IsValidForForm\":false") && key.contains("\"CanBeSecuredForRead\":false"),
      "\(key)"
    )
  }

  @Test("§7.2 a table of the organization is called and found as one, and stays one")
  func ownership() async throws {
    let asking = try await asking("\"OwnershipType\":\"OrganizationOwned\"")
    let owned = "\"OwnershipType\":\"OrganizationOwned\""
    let read = await asking.ask("GET \(things)")
    #expect(read.contains(owned), "\(read)")
    for literal in [
      "'OrganizationOwned'", "\(MetadataText.type).OwnershipTypes'OrganizationOwned'",
    ] {
      let found = await asking.ask(
        "GET EntityDefinitions?$select=LogicalName&$filter=OwnershipType eq \(literal)"
      )
      #expect(found.contains("\"LogicalName\":\"new_thing\""), "\(found)")
    }
    #expect(await asking.ask("PUT \(things)", String(read.dropFirst("200 ".count))) == "204")
    #expect(await asking.ask("GET \(things)") == read)
  }

  @Test("§7.2 schema names have their case, those of the platform's tables and of sets, too")
  func spelling() async throws {
    let asking = try await asking()
    let city =
      "{\"SchemaName\":\"new_City\",\"DisplayName\":\(MetadataText.label("City")),\"DisplayCollectionName\":\(MetadataText.label("Cities")),\"OwnershipType\":\"UserOwned\",\"Attributes\":[\(MetadataText.column("new_Name", "String", "\"IsPrimaryName\":true"))]}"
    #expect(await asking.make("EntityDefinitions", city) == "204")
    for (table, name, set) in [
      ("new_thing", "new_Thing", "new_Things"), ("new_city", "new_City", "new_Cities"),
      ("account", "Account", "Accounts"), ("systemuser", "SystemUser", "SystemUsers"),
      ("solutioncomponent", "SolutionComponent", "SolutionComponents"),
      ("opportunity", "Opportunity", "Opportunities"),
    ] {
      let read = await asking.ask(
        "GET EntityDefinitions(LogicalName='\(table)')?$select=SchemaName,CollectionSchemaName"
      )
      #expect(
        read.contains("\"SchemaName\":\"\(name)\",\"CollectionSchemaName\":\"\(set)\""),
        "\(read)"
      )
      let light = await asking.ask(
        "GET EntityDefinitions?$select=SchemaName&$filter=EntitySetName eq '\(set.lowercased())'"
      )
      #expect(light.contains("\"SchemaName\":\"\(name)\""), "\(light)")
    }
  }

  @Test("§7.3 the places of an amount are as they were changed, and so is who says them")
  func amounts() async throws {
    let asking = try await asking()
    let money = MetadataText.column("new_Price", "Money", "\"Precision\":2,\"PrecisionSource\":0")
    #expect(await asking.make("\(things)/Attributes", money) == "204")
    let address = "\(things)/Attributes(LogicalName='new_price')"
    let places =
      "\(address)/\(MetadataText.type).MoneyAttributeMetadata?$select=Precision,PrecisionSource"
    let read = await asking.ask("GET \(places)")
    #expect(read.contains("\"Precision\":2,\"PrecisionSource\":0"), "\(read)")
    let body = "{\"@odata.type\":\"\(MetadataText.type).MoneyAttributeMetadata\",\"Precision\":3}"
    #expect(await asking.ask("PUT \(address)", body) == "204")
    let changed = await asking.ask("GET \(places)")
    #expect(changed.contains("\"Precision\":3,\"PrecisionSource\":0"), "\(changed)")
  }

  @Test("§7.6 a relationship says how its rows are shown, and a change of that is refused")
  func menus() async throws {
    let asking = try await asking()
    let link = """
      {"@odata.type":"\(MetadataText.type).OneToManyRelationshipMetadata","SchemaName":"new_Account_Things",
       "ReferencedEntity":"account","ReferencingEntity":"new_thing",
       "Lookup":{"@odata.type":"\(MetadataText.type).LookupAttributeMetadata","SchemaName":"new_AccountId","DisplayName":\(MetadataText.label("Account"))}}
      """
    #expect(await asking.make("RelationshipDefinitions", link) == "204")
    let address = "RelationshipDefinitions(SchemaName='new_Account_Things')"
    let read = await asking.ask("GET \(address)")
    #expect(
      read.contains(
        "\"AssociatedMenuConfiguration\":{\"Behavior\":\"UseCollectionName\",\"Group\":\"Details\",\"Order\":10000"
      ),
      "\(read)"
    )
    let body = String(read.dropFirst("200 ".count))
    #expect(await asking.ask("PUT \(address)", body) == "204")
    let other = await asking.ask(
      "PUT \(address)",
      body.replacing("\"Behavior\":\"UseCollectionName\"", with: "\"Behavior\":\"DoNotDisplay\"")
    )
    #expect(other.hasPrefix("501") && other.contains("AssociatedMenuConfiguration"), "\(other)")
  }

  // MARK: Choices

  @Test("§7.4 a column on a shared choice shows that choice, and paths lead into it")
  func shared() async throws {
    let asking = try await asking()
    let options =
      "[{\"Value\":1,\"Label\":\(MetadataText.label("Red"))},{\"Value\":2,\"Label\":\(MetadataText.label("Blue"))}]"
    #expect(
      await asking.make(
        "GlobalOptionSetDefinitions",
        "{\"@odata.type\":\"\(MetadataText.type).OptionSetMetadata\",\"Name\":\"new_color\",\"DisplayName\":\(MetadataText.label("All colors")),\"Options\":\(options)}"
      ) == "204"
    )
    let bind = "\"GlobalOptionSet@odata.bind\":\"/GlobalOptionSetDefinitions(Name='new_color')\""
    #expect(
      await asking.make("\(things)/Attributes", MetadataText.column("new_Paint", "Picklist", bind))
        == "204"
    )
    let address = "\(things)/Attributes(LogicalName='new_paint')"
    let typed = "\(address)/\(MetadataText.type).PicklistAttributeMetadata"
    for name in ["OptionSet", "GlobalOptionSet"] {
      let expanded = await asking.ask("GET \(typed)?$select=LogicalName&$expand=\(name)")
      #expect(
        expanded.contains("\"Label\":\"All colors\"") && !expanded.contains("new_Paint"),
        "\(expanded)"
      )
      let selected = await asking.ask("GET \(typed)/\(name)?$select=Name,IsGlobal")
      #expect(
        selected.wholeMatch(
          of: /200 \{"MetadataId":"[-0-9a-f]*","Name":"new_color","IsGlobal":true\}/
        ) != nil,
        "\(selected)"
      )
      #expect(await asking.ask("GET \(typed)/\(name)?$select=Nothing").hasPrefix("400"))
    }
    let choice = "GlobalOptionSetDefinitions(Name='new_color')"
    for path in [
      "\(choice)/Options", "\(choice)/\(MetadataText.type).OptionSetMetadata/Options",
      "\(typed)/OptionSet/Options",
    ] {
      let listed = await asking.ask("GET \(path)")
      #expect(listed.hasPrefix("200 {\"value\":[{\"Value\":1,"), "\(path): \(listed)")
      #expect(listed.contains("\"Label\":\"Blue\""), "\(path): \(listed)")
    }
    #expect(await asking.ask("GET \(choice)/Nothing").hasPrefix("404"))
  }

  @Test("§7.4 color, description and external value of options are kept, and others are refused")
  func optionSettings() async throws {
    let asking = try await asking()
    func said(_ about: String) -> String {
      "\"Color\":\"#ff0000\",\"ExternalValue\":\"X\(about)\",\"Description\":\(MetadataText.label(about))"
    }
    func holds(_ about: String, _ answer: String) -> Bool {
      answer.contains(
        "\"Label\":\"\(about)\",\"LanguageCode\":1033"
      ) && answer.contains("\"Color\":\"#ff0000\"")
        && answer.contains("\"ExternalValue\":\"X\(about)\"")
    }
    let options = "[{\"Value\":1,\"Label\":\(MetadataText.label("A")),\(said("First"))}]"
    #expect(
      await asking.make(
        "\(things)/Attributes",
        MetadataText.column("new_Kind", "Picklist", "\"OptionSet\":{\"Options\":\(options)}")
      ) == "204"
    )
    #expect(
      await asking.make(
        "GlobalOptionSetDefinitions",
        "{\"Name\":\"new_color\",\"DisplayName\":\(MetadataText.label("C")),\"Options\":\(options)}"
      ) == "204"
    )
    let column = "\(things)/Attributes(LogicalName='new_kind')/OptionSet/Options"
    let choice = "GlobalOptionSetDefinitions(Name='new_color')/Options"
    for path in [column, choice] {
      let read = await asking.ask("GET \(path)")
      #expect(holds("First", read), "\(read)")
    }
    let place = "\"EntityLogicalName\":\"new_thing\",\"AttributeLogicalName\":\"new_kind\""
    for (owner, path) in [(place, column), ("\"OptionSetName\":\"new_color\"", choice)] {
      let inserted = await asking.make(
        "InsertOptionValue",
        "{\(owner),\"Value\":2,\"Label\":\(MetadataText.label("B")),\(said("Second"))}"
      )
      #expect(inserted.hasPrefix("200"), "\(inserted)")
      let updated = await asking.make(
        "UpdateOptionValue",
        "{\(owner),\"Value\":1,\"Label\":\(MetadataText.label("A")),\(said("Other"))}"
      )
      #expect(updated == "204", "\(updated)")
      let read = await asking.ask("GET \(path)")
      #expect(holds("Second", read) && holds("Other", read) && !read.contains("First"), "\(read)")
    }
    let hidden = await asking.make(
      "GlobalOptionSetDefinitions",
      "{\"Name\":\"new_other\",\"Options\":[{\"Value\":1,\"Label\":\(MetadataText.label("A")),\"IsHidden\":true}]}"
    )
    #expect(hidden.hasPrefix("501") && hidden.contains("IsHidden"), "\(hidden)")
    #expect(try await asking.environment.broken() == [])
  }

  @Test("§7.3 yes and no keep their colors, and a description of one is refused")
  func yesAndNo() async throws {
    let asking = try await asking()
    func made(_ name: String, _ more: String) async -> String {
      let options =
        "\"OptionSet\":{\"TrueOption\":{\"Value\":1,\"Label\":\(MetadataText.label("On")),\(more)},\"FalseOption\":{\"Value\":0,\"Label\":\(MetadataText.label("Off"))}}"
      return await asking.make(
        "\(things)/Attributes",
        MetadataText.column(name, "Boolean", options)
      )
    }
    #expect(await made("new_Flag", "\"Color\":\"#00ff00\",\"ExternalValue\":\"Y\"") == "204")
    let read = await asking.ask(
      "GET \(things)/Attributes(LogicalName='new_flag')/OptionSet/TrueOption"
    )
    for part in ["\"Label\":\"On\"", "\"Color\":\"#00ff00\"", "\"ExternalValue\":\"Y\""] {
      #expect(read.contains(part), "\(read)")
    }
    let refused = await made("new_Other", "\"Description\":\(MetadataText.label("About"))")
    #expect(refused.hasPrefix("501") && refused.contains("Description"), "\(refused)")
  }

  @Test("§7.7 what rows follow is kept, and Merge follows from the table that they refer to")
  func cascades() async throws {
    let asking = try await asking()
    func made(_ name: String, to table: String, _ cascades: String) async -> String {
      await asking.make(
        "RelationshipDefinitions",
        """
        {"@odata.type":"\(MetadataText.type).OneToManyRelationshipMetadata","SchemaName":"\(name)",
         "ReferencedEntity":"\(table)","ReferencingEntity":"new_thing","CascadeConfiguration":{\(cascades)},
         "Lookup":{"SchemaName":"\(name)Id","DisplayName":\(MetadataText.label(name))}}
        """
      )
    }
    let merging = "\"Delete\":\"RemoveLink\",\"Merge\":\"Cascade\",\"RollupView\":\"Cascade\""
    #expect(await made("new_ToAccount", to: "account", merging) == "204")
    let account = await asking.ask("GET RelationshipDefinitions(SchemaName='new_ToAccount')")
    #expect(account.contains("\"Merge\":\"Cascade\""), "\(account)")
    #expect(account.contains("\"RollupView\":\"Cascade\""), "\(account)")
    let address = "RelationshipDefinitions(SchemaName='new_ToAccount')"
    let none = account.dropFirst("200 ".count)
      .replacing("\"RollupView\":\"Cascade\"", with: "\"RollupView\":\"NoCascade\"")
    #expect(await asking.ask("PUT \(address)", String(none)) == "204")
    #expect(await asking.ask("GET \(address)").contains("\"RollupView\":\"NoCascade\""))
    #expect(await made("new_ToTeam", to: "team", merging) == "204")
    let team = await asking.ask("GET RelationshipDefinitions(SchemaName='new_ToTeam')")
    #expect(team.contains("\"Merge\":\"NoCascade\""), "\(team)")
    for wrong in ["\"Merge\":\"Restrict\"", "\"Move\":\"Cascade\"", "\"RollupView\":\"All\""] {
      let answer = await made("new_Wrong", to: "team", wrong)
      #expect(answer.hasPrefix("400") && answer.contains("0x80048d19"), "\(answer)")
    }
  }

  // MARK: Criteria

  private static func criteria(_ property: String, _ sign: String, _ value: String) -> String {
    "{\"FilterOperator\":\"And\",\"Conditions\":[{\"PropertyName\":\"\(property)\",\"ConditionOperator\":\"\(sign)\",\"Value\":\(value)}]}"
  }

  /// Logical names of tables and columns that a query of metadata finds.
  private func changes(_ asking: Asking, _ tables: String, _ columns: String = "") async -> String {
    let names = "\"Properties\":{\"PropertyNames\":[\"LogicalName\"]}"
    let part = columns.isEmpty ? "" : ",\"AttributeQuery\":{\(names),\"Criteria\":\(columns)}"
    let answer = await asking.ask(
      "GET RetrieveMetadataChanges(Query=@p1)?@p1={\(names),\"Criteria\":\(tables)\(part)}"
    )
    guard answer.hasPrefix("200") else { return answer }
    return answer.matches(of: /"LogicalName":"([a-z_]*)"/).map { String($0.output.1) }
      .joined(separator: " ")
  }

  @Test(
    "§7.8 what has a Value is compared by it, and one of several by In",
    arguments: [
      (
        "AttributeTypeName", "Equals",
        "{\"Type\":\"Microsoft.Xrm.Sdk.Metadata.AttributeTypeDisplayName\",\"Value\":\"MemoType\"}",
        "new_thing new_text"
      ),
      (
        "LogicalName", "In",
        "{\"Type\":\"System.String[]\",\"Value\":[\"new_text\",\"statecode\"]}",
        "new_thing new_text statecode"
      ),
      (
        "LogicalName", "In",
        "{\"Type\":\"System.String[]\",\"Value\":\"[\\\"new_text\\\"]\"}", "new_thing new_text"
      ), ("AttributeTypeName", "In", "[\"MemoType\"]", "new_thing new_text"),
      (
        "IsPrimaryName", "Equals", "{\"Type\":\"System.Boolean\",\"Value\":\"true\"}",
        "new_thing new_thingname"
      ),
    ] as [(String, String, String, String)]
  )
  func criteria(property: String, sign: String, value: String, found: String) async throws {
    let asking = try await asking()
    #expect(
      await asking.make("\(things)/Attributes", MetadataText.column("new_Text", "Memo")) == "204"
    )
    let tables = Self.criteria("LogicalName", "In", "[\"new_thing\",\"new_nothing\"]")
    let columns = Self.criteria(property, sign, value)
    #expect(await changes(asking, tables, columns) == found)
  }

  @Test("§7.8 NotIn leaves out what is among several")
  func others() async throws {
    let asking = try await asking()
    let all = await changes(asking, Self.criteria("LogicalName", "NotIn", "[]"))
    let most = await changes(
      asking,
      Self.criteria("LogicalName", "NotIn", "[\"account\",\"contact\"]")
    )
    #expect(
      all.split(separator: " ").filter { !["account", "contact"].contains($0) }
        == most.split(separator: " ")
    )
    #expect(all.contains("account ") && !most.contains("account "), "\(all)")
  }

  @Test("WA-703 definitions are counted as they are listed")
  func counted() async throws {
    let asking = try await asking()
    func listed(_ path: String) async -> Int {
      await asking.ask("GET \(path)").matches(of: /"MetadataId":"[-0-9a-f]*","LogicalName"/).count
    }
    let tables = await listed("EntityDefinitions?$select=LogicalName")
    #expect(tables > 10)
    #expect(await asking.ask("GET EntityDefinitions/$count") == "200 \(tables)")
    #expect(
      await asking.ask(
        "GET EntityDefinitions/$count?$filter=OwnershipType eq 'UserOwned' and LogicalName eq 'new_thing'"
      )
        == "200 1"
    )
    let columns = await listed("\(things)/Attributes?$select=LogicalName")
    #expect(await asking.ask("GET \(things)/Attributes/$count") == "200 \(columns)")
    #expect(await asking.ask("GET \(things)/Keys/$count") == "200 0")
    #expect(await asking.ask("GET GlobalOptionSetDefinitions/$count") == "200 0")
    #expect(await asking.ask("GET EntityDefinitions/Nothing").hasPrefix("501"))
  }

  // MARK: $metadata

  @Test("WA-302 $metadata declares what is answered beside tables, and every type that it names")
  func operations() async throws {
    let asking = try await asking()
    let tree = try XMLTree(await asking.answer("GET $metadata").body).root
    let schema = try #require(tree.descend("edmx:DataServices", "Schema"))
    func names(_ kind: String, in place: XMLElement) -> [String] {
      place.children(kind).compactMap { $0.attribute("Name") }
    }
    let container = try #require(schema.child("EntityContainer"))
    for (kind, some) in [
      ("Function", ["WhoAmI", "RetrieveTotalRecordCount", "RetrieveDependentComponents"]),
      ("Action", ["ImportSolutionAsync", "CreateEntities", "DeleteFile", "PublishAllXml"]),
    ] {
      let declared = names(kind, in: schema)
      let imported = names("\(kind)Import", in: container)
      #expect(Set(imported).isSubset(of: declared), "\(kind)")
      #expect(Set(some).isSubset(of: imported), "\(imported)")
      #expect(Set(declared).count == declared.count)
    }
    let known = ["EntityType", "ComplexType", "EnumType"].flatMap { names($0, in: schema) }
    #expect(known.contains("AttributeTypeCode") && known.contains("WhoAmIResponse"))
    for kind in ["Function", "Action", "ComplexType"] {
      for element in schema.children(kind) {
        for type in element.children.compactMap({ $0.attribute("Type") }) {
          let plain = type.replacing("Collection(", with: "").replacing(")", with: "")
          let isKnown =
            plain.hasPrefix("Edm.") || known.contains(String(plain.dropFirst("mscrm.".count)))
          #expect(isKnown, "\(element.attribute("Name") ?? "") names \(type)")
        }
      }
    }
    let answer = try #require(
      schema.children("ComplexType").first { $0.attribute("Name") == "WhoAmIResponse" }
    )
    #expect(names("Property", in: answer) == ["BusinessUnitId", "UserId", "OrganizationId"])
    let create = try #require(
      schema.children("Action").first { $0.attribute("Name") == "InsertOptionValue" }
    )
    #expect(names("Parameter", in: create).contains("AttributeLogicalName"))
  }
}
