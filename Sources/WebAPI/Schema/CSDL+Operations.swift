/// What is declared beside tables: functions and actions that are answered, with the types that they name.
extension CSDL {
  /// What stands in the schema.
  static let operations: String = {
    var text = ""
    for (name, members) in enumerations { text += enumeration(name, members) }
    for line in types.split(separator: "\n") {
      let words = line.split(separator: " ")
      text += complexType(words[0], words.dropFirst())
    }
    for operation in Operations.all { text += declaration(of: operation) }
    return text + boundActions
  }()

  /// What stands in the container.
  static let imports = Operations.all.map { operation in
    let (kind, name) = (operation.isAction ? "Action" : "Function", operation.name.attribute)
    return "<\(kind)Import Name=\"\(name)\" \(kind)=\"mscrm.\(name)\"/>"
  }.joined()

  private static func declaration(of operation: Operation) -> String {
    let (kind, name) = (operation.isAction ? "Action" : "Function", operation.name)
    let shape = shapes[name]
    assert(shape != nil, "\(name) has no line in the shapes of operations")
    var text = "<\(kind) Name=\"\(name.attribute)\">\(parameters(shape?.parameters ?? [][...]))"
    let answer = shape?.answer ?? [][...]
    var response = ""
    if let only = answer.first, only.hasPrefix(":") {
      text += "<ReturnType Type=\"\(type(only.dropFirst()))\"/>"
    } else if !answer.isEmpty {
      text += "<ReturnType Type=\"mscrm.\(name.attribute)Response\"/>"
      response = complexType("\(name)Response", answer)
    }
    return "\(text)</\(kind)>\(response)"
  }

  /// Of sets: several rows at once.
  private static let boundActions = [
    "CreateMultiple", "UpdateMultiple", "UpsertMultiple", "DeleteMultiple",
  ].map { name in
    let isAnswered = name == "CreateMultiple"
    let entities = "Collection(mscrm.crmbaseentity)"
    return """
      <Action Name="\(name)" IsBound="true"><Parameter Name="entityset" Type="\(entities)"/>\
      <Parameter Name="Targets" Type="\(entities)"/>\
      \(isAnswered ? "<ReturnType Type=\"mscrm.\(name)Response\"/>" : "")</Action>
      """ + (isAnswered ? complexType("\(name)Response", ["Ids:[Guid]"]) : "")
  }.joined()

  // MARK: Words

  private static func parameters(_ words: ArraySlice<Substring>) -> String {
    words.map { "<Parameter \(named($0))/>" }.joined()
  }

  /// One without members may have any.
  private static func complexType(
    _ name: some StringProtocol,
    _ words: ArraySlice<Substring>
  ) -> String {
    guard !words.isEmpty else { return "<ComplexType Name=\"\(name)\" OpenType=\"true\"/>" }
    let properties = words.map { "<Property \(named($0))/>" }.joined()
    return "<ComplexType Name=\"\(name)\">\(properties)</ComplexType>"
  }

  private static func enumeration(_ name: String, _ members: KeyValuePairs<String, Int>) -> String {
    let all = members.map { "<Member Name=\"\($0.key)\" Value=\"\($0.value)\"/>" }.joined()
    return "<EnumType Name=\"\(name)\">\(all)</EnumType>"
  }

  /// `Ids:[Guid]`.
  private static func named(_ word: Substring) -> String {
    let parts = word.split(separator: ":")
    return "Name=\"\(parts[0])\" Type=\"\(type(parts[1]))\""
  }

  private static let primitives: Set<Substring> = [
    "Binary", "Boolean", "DateTimeOffset", "Guid", "Int32", "Int64", "String",
  ]

  private static func type(_ word: Substring) -> String {
    guard !word.hasPrefix("[") else { return "Collection(\(type(word.dropFirst().dropLast())))" }
    return primitives.contains(word) ? "Edm.\(word)" : "mscrm.\(word)"
  }

  private typealias Shape = (parameters: ArraySlice<Substring>, answer: ArraySlice<Substring>)

  /// By the names of operations.
  private static let shapes: [String: Shape] = Dictionary(
    words.split(separator: "\n").map { line in
      let words = line.split(separator: " ")
      let end = words.firstIndex(of: "=") ?? words.endIndex
      return (String(words[0]), (words[1..<end], words[end...].dropFirst()))
    }
  ) { first, _ in first }

  /// A line for each: what it takes and, behind the sign, what its answer has; without a name before the colon, what it is.
  private static let words = """
    WhoAmI = BusinessUnitId:Guid UserId:Guid OrganizationId:Guid
    RetrieveVersion = Version:String
    RetrieveCurrentOrganization AccessType:EndpointAccessType = Detail:OrganizationDetail
    RetrieveAvailableLanguages = LocaleIds:[Int32]
    RetrieveProvisionedLanguages = RetrieveProvisionedLanguages:[Int32]
    RetrieveInstalledLanguagePacks = RetrieveInstalledLanguagePacks:[Int32]
    RetrieveTotalRecordCount EntityNames:[String] = EntityRecordCountCollection:EntityRecordCountCollection
    RetrieveMetadataChanges Query:EntityQueryExpression ClientVersionStamp:String = EntityMetadata:[ComplexEntityMetadata] ServerVersionStamp:String DeletedMetadata:DeletedMetadataCollection
    BulkDelete QuerySet:[QueryExpression] JobName:String SendEmailNotification:Boolean ToRecipients:[crmbaseentity] CCRecipients:[crmbaseentity] RecurrencePattern:String StartDateTime:DateTimeOffset RunNow:Boolean SourceImportId:Guid = JobId:Guid
    StageSolution CustomizationFile:Binary = StageSolutionResults:StageSolutionResults
    ImportSolution OverwriteUnmanagedCustomizations:Boolean PublishWorkflows:Boolean CustomizationFile:Binary ImportJobId:Guid HoldingSolution:Boolean ComponentParameters:[crmbaseentity] SolutionParameters:SolutionParameters
    ImportSolutionAsync OverwriteUnmanagedCustomizations:Boolean PublishWorkflows:Boolean CustomizationFile:Binary HoldingSolution:Boolean ComponentParameters:[crmbaseentity] SolutionParameters:SolutionParameters = ImportJobKey:String AsyncOperationId:Guid
    StageAndUpgrade OverwriteUnmanagedCustomizations:Boolean PublishWorkflows:Boolean CustomizationFile:Binary ImportJobId:Guid ComponentParameters:[crmbaseentity] SolutionParameters:SolutionParameters = SolutionId:Guid
    StageAndUpgradeAsync OverwriteUnmanagedCustomizations:Boolean PublishWorkflows:Boolean CustomizationFile:Binary ComponentParameters:[crmbaseentity] SolutionParameters:SolutionParameters = ImportJobKey:String AsyncOperationId:Guid
    DeleteAndPromote UniqueName:String = SolutionId:Guid
    DeleteAndPromoteAsync UniqueName:String = AsyncOperationId:Guid
    UninstallSolutionAsync SolutionUniqueName:String = AsyncOperationId:Guid
    CloneAsPatch ParentSolutionUniqueName:String DisplayName:String VersionNumber:String = SolutionId:Guid
    CloneAsSolution ParentSolutionUniqueName:String DisplayName:String VersionNumber:String = SolutionId:Guid
    ExportSolution SolutionName:String Managed:Boolean TargetVersion:String = ExportSolutionFile:Binary
    ExportSolutionAsync SolutionName:String Managed:Boolean TargetVersion:String = AsyncOperationId:Guid ExportJobId:Guid
    DownloadSolutionExportData ExportJobId:Guid = ExportSolutionFile:Binary
    PublishXml ParameterXml:String
    PublishAllXml
    PublishAllXmlAsync = AsyncOperationId:Guid
    RetrieveSolutionImportResult ImportJobId:Guid = SolutionOperationResult:SolutionOperationResult
    RetrieveFormattedImportJobResults ImportJobId:Guid = FormattedResults:String
    RetrieveDependentComponents ObjectId:Guid ComponentType:Int32 = :[dependency]
    RetrieveRequiredComponents ObjectId:Guid ComponentType:Int32 = :[dependency]
    RetrieveDependenciesForDelete ObjectId:Guid ComponentType:Int32 = :[dependency]
    RetrieveDependenciesForUninstall SolutionUniqueName:String = :[dependency]
    RetrieveMissingDependencies SolutionUniqueName:String = :[dependency]
    RetrieveMissingComponents CustomizationFile:Binary = MissingComponents:[MissingComponent]
    AddSolutionComponent ComponentId:Guid ComponentType:Int32 SolutionUniqueName:String AddRequiredComponents:Boolean DoNotIncludeSubcomponents:Boolean IncludedComponentSettingsValues:[String] = id:Guid
    RemoveSolutionComponent SolutionComponent:solutioncomponent ComponentType:Int32 SolutionUniqueName:String = id:Guid
    UpdateSolutionComponent ComponentId:Guid ComponentType:Int32 SolutionUniqueName:String IncludedComponentSettingsValues:[String] = id:Guid
    RemoveActiveCustomizations SolutionComponentName:String ComponentId:Guid
    CreateEntities Entities:[ComplexEntityMetadata] SolutionUniqueName:String = EntityIds:[Guid]
    CreateCustomerRelationships Lookup:ComplexLookupAttributeMetadata OneToManyRelationships:[ComplexOneToManyRelationshipMetadata] SolutionUniqueName:String = RelationshipIds:[Guid] AttributeId:Guid
    CreatePolymorphicLookupAttribute Lookup:ComplexLookupAttributeMetadata OneToManyRelationships:[ComplexOneToManyRelationshipMetadata] SolutionUniqueName:String = RelationshipIds:[Guid] AttributeId:Guid
    InsertOptionValue OptionSetName:String AttributeLogicalName:String EntityLogicalName:String Value:Int32 Label:Label Description:Label SolutionUniqueName:String Color:String ExternalValue:String = NewOptionValue:Int32
    InsertStatusValue OptionSetName:String AttributeLogicalName:String EntityLogicalName:String Value:Int32 Label:Label Description:Label StateCode:Int32 SolutionUniqueName:String Color:String = NewOptionValue:Int32
    UpdateOptionValue OptionSetName:String AttributeLogicalName:String EntityLogicalName:String Value:Int32 Label:Label Description:Label MergeLabels:Boolean SolutionUniqueName:String Color:String ExternalValue:String
    UpdateStateValue OptionSetName:String AttributeLogicalName:String EntityLogicalName:String Value:Int32 Label:Label Description:Label MergeLabels:Boolean DefaultStatusCode:Int32
    DeleteOptionValue OptionSetName:String AttributeLogicalName:String EntityLogicalName:String Value:Int32 SolutionUniqueName:String
    OrderOption OptionSetName:String AttributeLogicalName:String EntityLogicalName:String Values:[Int32] SolutionUniqueName:String
    ReactivateEntityKey EntityLogicalName:String EntityKeyLogicalName:String
    CanBeReferenced EntityName:String = CanBeReferenced:Boolean
    CanBeReferencing EntityName:String = CanBeReferencing:Boolean
    CanManyToMany EntityName:String = CanManyToMany:Boolean
    GetValidReferencedEntities ReferencingEntityName:String = EntityNames:[String]
    GetValidReferencingEntities ReferencedEntityName:String = EntityNames:[String]
    GetValidManyToMany = EntityNames:[String]
    InitializeFileBlocksUpload Target:crmbaseentity FileAttributeName:String FileName:String = FileContinuationToken:String
    UploadBlock BlockId:String BlockData:Binary FileContinuationToken:String
    CommitFileBlocksUpload FileName:String MimeType:String BlockList:[String] FileContinuationToken:String = FileId:Guid FileSizeInBytes:Int64
    InitializeFileBlocksDownload Target:crmbaseentity FileAttributeName:String = FileContinuationToken:String FileName:String FileSizeInBytes:Int64 IsChunkingSupported:Boolean
    DownloadBlock Offset:Int64 BlockLength:Int64 FileContinuationToken:String = Data:Binary
    DeleteFile FileId:Guid
    """

  /// Types that they name, with their members.
  private static let types = """
    ComplexEntityMetadata
    ComplexLookupAttributeMetadata
    ComplexOneToManyRelationshipMetadata
    DeletedMetadataCollection
    EntityQueryExpression
    MissingDependency
    QueryExpression
    SolutionComponentDetails
    BooleanManagedProperty Value:Boolean CanBeChanged:Boolean ManagedPropertyLogicalName:String
    ComponentDetail DisplayName:String Id:String ParentDisplayName:String ParentId:String ParentSchemaName:String SchemaName:String Solution:String Type:Int32
    EndpointCollection Count:Int32 IsReadOnly:Boolean Keys:[EndpointType] Values:[String]
    EntityRecordCountCollection Count:Int32 IsReadOnly:Boolean Keys:[String] Values:[Int64]
    Label LocalizedLabels:[LocalizedLabel] UserLocalizedLabel:LocalizedLabel
    LocalizedLabel Label:String LanguageCode:Int32 IsManaged:Boolean MetadataId:Guid HasChanged:Boolean
    MissingComponent RequiredComponent:ComponentDetail DependentComponent:ComponentDetail
    OrganizationDetail OrganizationId:Guid FriendlyName:String OrganizationVersion:String EnvironmentId:String UrlName:String UniqueName:String State:OrganizationState Endpoints:EndpointCollection
    SolutionDetails SolutionUniqueName:String SolutionFriendlyName:String SolutionVersion:String IsManaged:Boolean
    SolutionOperationMessage ErrorCode:Int32 Message:String
    SolutionOperationResult Type:String Status:String ErrorMessages:[SolutionOperationMessage] WarningMessages:[SolutionOperationMessage] FormattedResults:String ActionLink:String
    SolutionParameters StageSolutionUploadId:Guid
    SolutionValidationResult SolutionValidationResultType:String ErrorCode:Int32 Message:String AdditionalInfo:String
    StageSolutionResults StageSolutionUploadId:Guid StageSolutionStatus:String SolutionValidationResults:[SolutionValidationResult] MissingDependencies:[MissingDependency] SolutionDetails:SolutionDetails SolutionComponentsDetails:[SolutionComponentDetails]
    """

  /// Words that answers have, and filters name with their type.
  private static let enumerations: KeyValuePairs<String, KeyValuePairs<String, Int>> = [
    "AttributeRequiredLevel": [
      "None": 0, "SystemRequired": 1, "ApplicationRequired": 2, "Recommended": 3,
    ],
    "AttributeTypeCode": [
      "Boolean": 0, "Customer": 1, "DateTime": 2, "Decimal": 3, "Double": 4, "Integer": 5,
      "Lookup": 6, "Memo": 7, "Money": 8, "Owner": 9, "PartyList": 10, "Picklist": 11, "State": 12,
      "Status": 13, "String": 14, "Uniqueidentifier": 15, "CalendarRules": 16, "Virtual": 17,
      "BigInt": 18, "ManagedProperty": 19, "EntityName": 20,
    ],
    "CascadeType": [
      "NoCascade": 0, "Cascade": 1, "Active": 2, "UserOwned": 3, "RemoveLink": 4, "Restrict": 5,
    ], "EndpointAccessType": ["Default": 0, "Internet": 1, "Intranet": 2],
    "EndpointType": [
      "OrganizationService": 0, "OrganizationDataService": 1, "WebApplication": 2,
    ], "EntityKeyIndexStatus": ["Pending": 0, "InProgress": 1, "Active": 2, "Failed": 3],
    "OrganizationState": ["Enabled": 0, "Disabled": 1],
    "OwnershipTypes": [
      "None": 0, "UserOwned": 1, "TeamOwned": 2, "BusinessOwned": 4, "OrganizationOwned": 8,
      "BusinessParented": 16, "Filtered": 32,
    ], "RelationshipType": ["OneToManyRelationship": 0, "ManyToManyRelationship": 1],
  ]
}
