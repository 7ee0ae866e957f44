/// In which order children of what files make stand, where the platform has one (docs/decisions/127).
enum MakingOrder {
  /// Where a child that is missing goes; nil where nothing is known of it.
  static func place(of name: String, in parent: Element) -> Int? {
    guard let ranks = ranks[parent.name], let rank = ranks[name] else { return nil }
    return parent.children.firstIndex { (ranks[$0.name] ?? -1) > rank } ?? parent.children.endIndex
  }

  static func knows(_ name: String, in parent: String) -> Bool { ranks[parent]?[name] != nil }

  private static let ranks: [String: [String: Int]] = [
    "attribute": numbered(
      """
      Type Name LogicalName RequiredLevel DisplayMask ImeMode ValidForUpdateApi ValidForReadApi
      ValidForCreateApi IsCustomField IsAuditEnabled IsLogical IsSecured IntroducedVersion
      IsCustomizable IsRenameable CanModifySearchSettings CanModifyRequirementLevelSettings
      CanModifyAdditionalSettings SourceType IsGlobalFilterEnabled IsSortableEnabled
      CanModifyGlobalFilterSettings CanModifyIsSortableSettings ExternalName IsDataSourceSecret
      AutoNumberFormat IsSearchable IsFilterable IsRetrievable IsLocalizable Format LookupStyle
      LookupTypes MinValue CanChangeDateTimeBehavior Behavior MaxLength MaxValue Length
      AppDefaultValue optionset OptionSetName Accuracy AccuracySource CalculationOf displaynames
      Descriptions FormulaDefinitionFileName
      """
    ),
    "entity": numbered(
      """
      LocalizedNames LocalizedCollectionNames Descriptions attributes EntityKeys EntitySetName
      IsDuplicateCheckSupported IsBusinessProcessEnabled IsRequiredOffline
      IsInteractionCentricEnabled IsCollaboration AutoRouteToOwnerQueue IsConnectionsEnabled
      EntityColor IsDocumentManagementEnabled AutoCreateAccessTeams IsOneNoteIntegrationEnabled
      IsMSTeamsIntegrationEnabled IsKnowledgeManagementEnabled IsSLAEnabled
      IsDocumentRecommendationsEnabled DataProviderId DataSourceId IsBPFEntity OwnershipTypeMask
      EntityMask IsAuditEnabled IsRetrieveAuditEnabled IsRetrieveMultipleAuditEnabled IsActivity
      ActivityTypeMask IsActivityParty IsReplicated IsReplicationUserFiltered IsMailMergeEnabled
      IsVisibleInMobile IsVisibleInMobileClient IsReadOnlyInMobileClient IsOfflineInMobileClient
      DaysSinceRecordLastModified MobileOfflineFilters IsMapiGridEnabled IsReadingPaneEnabled
      IsQuickCreateEnabled SyncToExternalSearchIndex IntroducedVersion IsCustomizable
      IsRenameable IsMappable CanModifyAuditSettings CanModifyMobileVisibility
      CanModifyMobileClientVisibility CanModifyMobileClientReadOnly CanModifyMobileClientOffline
      CanModifyConnectionSettings CanModifyDuplicateDetectionSettings CanModifyMailMergeSettings
      CanModifyQueueSettings CanCreateAttributes CanCreateForms CanCreateCharts CanCreateViews
      CanModifyAdditionalSettings CanEnableSyncToExternalSearchIndex IconMediumName IconSmallName
      IconVectorName EnforceStateTransitions CanChangeHierarchicalRelationship
      EntityHelpUrlEnabled EntityHelpUrl ChangeTrackingEnabled CanChangeTrackingBeEnabled
      IsEnabledForExternalChannels ExternalName ExternalCollectionName IsSolutionAware
      HasRelatedNotes HasRelatedFeedback HasRelatedActivities
      """
    ),
    "optionset": numbered(
      """
      OptionSetType IsGlobal IntroducedVersion IsCustomizable ExternalTypeName displaynames
      Descriptions options states statuses
      """
    ),
    "WebResource": numbered(
      """
      WebResourceId Name DisplayName Description LanguageCode WebResourceType SilverlightVersion
      IntroducedVersion IsEnabledForMobileClient IsAvailableForMobileOffline DependencyXml
      IsCustomizable CanBeDeleted IsHidden FileName
      """
    ),
    "environmentvariabledefinition": numbered(
      """
      apiid defaultvalue description displayname introducedversion iscustomizable isrequired
      parameterkey parentdefinitionid secretstore type
      """
    ),
    "connectionreference": numbered(
      """
      connectionreferencedisplayname connectorid customconnectorid description iscustomizable
      promptingbehavior statecode statuscode
      """
    ),
    "Role": numbered("IsCustomizable IsAutoAssigned Description RolePrivileges"),
    "savedquery": numbered(
      """
      IsCustomizable CanBeDeleted isquickfindquery isprivate isdefault returnedtypecode savedqueryid
      queryapi layoutxml querytype fetchxml IntroducedVersion LocalizedNames Descriptions
      """
    ),
    "systemform": numbered(
      """
      formid IntroducedVersion FormPresentation FormActivationState form IsCustomizable CanBeDeleted
      LocalizedNames Descriptions
      """
    ),
    "AppModuleSiteMap": numbered(
      """
      SiteMapUniqueName EnableCollapsibleGroups ShowHome ShowPinned ShowRecents SiteMap
      LocalizedNames
      """
    ),
    "AppModule": numbered(
      """
      UniqueName IntroducedVersion WebResourceId OptimizedFor statecode statuscode WelcomePageId
      FormFactor ClientType NavigationType AppModuleComponents AppModuleRoleMaps LocalizedNames
      Descriptions appelements appsettings
      """
    ),
    "SdkMessageProcessingStep": numbered(
      """
      SdkMessageId SdkMessageName PluginTypeName PluginTypeId PrimaryEntity AsyncAutoDelete
      Configuration Description FilteringAttributes InvocationSource Mode Rank EventHandler
      EventHandlerTypeCode Stage IsCustomizable IsHidden SupportedDeployment IntroducedVersion
      SdkMessageProcessingStepImages
      """
    ),
    "SdkMessageProcessingStepImage": numbered(
      """
      SdkMessageProcessingStepImageId Attributes EntityAlias ImageType MessagePropertyName
      IsCustomizable
      """
    ),
  ]

  private static func numbered(_ names: String) -> [String: Int] {
    let names = names.split { $0 == " " || $0 == "\n" }.map(String.init)
    return Dictionary(uniqueKeysWithValues: zip(names, names.indices))
  }
}
