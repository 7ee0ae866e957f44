/// Messages and sets of the platform that are known and not built: who asks for them learns the difference to a slip of the pen.
enum PlatformNames {
  static let missing = messages.union(words(sets))

  /// Functions and actions, bound to something or not.
  static let messages = words(functions + " " + actions)

  /// Columns of tables that are there without them, as `table.column`.
  static let columns: Set<String> = {
    var found: Set<String> = []
    var table: Substring = ""
    for word in tables.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if word.hasSuffix(":") { table = word.dropLast() } else { found.insert("\(table).\(word)") }
    }
    return found
  }()

  /// Each with the columns that it lacks.
  private static let tables = """
    account: _createdonbehalfby_value _territoryid_value accountcategorycode accountclassificationcode
        accountratingcode address1_addresstypecode address1_composite address1_fax address1_latitude
        address1_longitude address1_name address1_telephone1 address2_city businesstypecode customersizecode
        customertypecode donotbulkemail donotemail donotphone emailaddress3 entityimage entityimage_url entityimageid
        exchangerate ftpsiteurl importsequencenumber industrycode lastusedincampaign marketcap opendeals openrevenue
        ownershipcode participatesinworkflow paymenttermscode preferredcontactmethodcode primarysatoriid
        primarytwitterid processid revenue_base sharesoutstanding shippingmethodcode sic stageid stockexchange
        telephone3 territorycode timezoneruleversionnumber utcconversiontimezonecode yominame
    annotation: documentbody filesize
    businessunit: _calendarid_value _organizationid_value _transactioncurrencyid_value address1_line1 costcenter
        creditlimit description emailaddress organizationid websiteurl
    contact: _parentcontactid_value _preferredsystemuserid_value address1_composite anniversary assistantname
        donotemail emailaddress3 employeeid entityimage entityimage_url externaluseridentifier familystatuscode
        gendercode governmentid haschildrencode leadsourcecode managername numberofchildren pager
        preferredcontactmethodcode spousesname telephone3 websiteurl yomifullname
    organization: _defaultemailserverprofileid_value auditretentionperiodv2 basecurrencysymbol blockedattachments
        currencysymbol dateformatstring defaultcountrycode disabledreason enablebingmapsintegration fiscalyearstart
        isauditenabled isautosaveenabled isreadauditenabled isuseraccessauditenabled languagecode localeid
        maxuploadfilesize numberformat organizationstate orgdborgsettings plugintracelogsetting
        pricingdecimalprecision schemanameprefix sessiontimeoutenabled sharepointdeploymenttype sqlaccessgroupname
        timeformatstring timezonebias uniquename version weekstartdaycode
    systemuser: _calendarid_value _defaultmailbox_value _parentsystemuserid_value _positionid_value _queueid_value
        accessmode address1_telephone1 applicationiduri caltype deletedstate emailrouteraccessapproval employeeid
        entityimage entityimage_url entityimageid incomingemaildeliverymethod invitestatuscode
        isemailaddressapprovedbyo365admin isintegrationuser islicensed issyncwithdirectory jobtitle mobilephone
        nickname outgoingemaildeliverymethod personalemailaddress photourl preferredaddresscode setupuser title
        userlicensetype userpuid windowsliveid
    team: _queueid_value _regardingobjectid_value _transactioncurrencyid_value azureactivedirectoryobjectid
        emailaddress membershiptype systemmanaged teamtype yominame
    """

  private static func words(_ text: String) -> Set<String> {
    Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
  }

  private static let functions = """
    ExpandCalendar CalculateRollupField CalculateTotalTimeIncident DownloadReportDefinition ExecuteCosmosSqlQuery FetchXmlToQueryExpression
    FindParentResourceGroup FormatAddress GetAllTimeZonesWithDisplayName GetAutoNumberSeed GetClientMetadata
    GetDefaultPriceLevel GetDistinctValuesImportFile GetFileSasUrl GetHeaderColumnsImportFile
    GetInvoiceProductsFromOpportunity GetNextAutoNumberValue GetPreferredSolution GetQuantityDecimal GetReportHistoryLimit
    GetTimeZoneCodeByLocalizedName GetTrackingTokenEmail GetValidManyToMany GetValidReferencedEntities
    GetValidReferencingEntities InitializeFrom IncrementKnowledgeArticleViewCount IsComponentCustomizable
    IsDataEncryptionActive IsValidStateTransition LocalTimeFromUtcTime QueryMultipleSchedules QuerySchedule
    RetrieveAadUserPrivileges RetrieveAadUserRoles RetrieveAbsoluteAndSiteCollectionUrl RetrieveActivePath
    RetrieveAllChildUsersSystemUser RetrieveAllEntities RetrieveAllManagedProperties RetrieveAllOptionSets
    RetrieveAppComponents RetrieveApplicationRibbon RetrieveAttribute RetrieveAttributeChangeHistory
    RetrieveAuditDetails RetrieveAuditPartitionList RetrieveBusinessHierarchyBusinessUnit RetrieveByGroupResource
    RetrieveByResourceResourceGroup RetrieveByTopIncidentProductKbArticle RetrieveByTopIncidentSubjectKbArticle
    RetrieveChannelAccessProfilePrivileges RetrieveDataEncryptionKey RetrieveDependenciesForDeleteWithMetadata
    RetrieveDependenciesForUninstallWithMetadata RetrieveDependentComponentsWithMetadata
    RetrieveDeploymentLicenseType RetrieveDeprovisionedLanguages RetrieveDuplicates RetrieveEntity
    RetrieveEntityChanges RetrieveEntityKey RetrieveEntityRibbon RetrieveExchangeAppointments
    RetrieveExchangeRate RetrieveFeatureControlSetting RetrieveFeatureControlSettings RetrieveFilteredForms
    RetrieveFormXml RetrieveInstalledLanguagePackVersion RetrieveLicenseInfo
    RetrieveLocLabels RetrieveMailboxTrackingFolders RetrieveManagedProperty RetrieveMembersBulkOperation
    RetrieveMembersTeam RetrieveOptionSet RetrieveOrganizationInfo RetrieveOrganizationResources
    RetrieveParentGroupsResourceGroup RetrieveParsedDataImportFile RetrievePersonalWall RetrievePrincipalAccess
    RetrievePrincipalAccessInfo RetrievePrincipalAttributePrivileges RetrievePrincipalSyncAttributeMappings
    RetrievePrivilegeSet RetrieveProcessInstances RetrieveProductProperties RetrieveProvisionedLanguagePackVersion
    RetrieveRecordChangeHistory RetrieveRecordWall RetrieveRelationship RetrieveRequiredComponentsWithMetadata
    RetrieveRolePrivilegesRole RetrieveSetting RetrieveSettingList RetrieveSharedLinks RetrieveSharedPrincipalsAndAccess RetrieveSubGroupsResourceGroup
    RetrieveSubsidiaryTeamsBusinessUnit RetrieveSubsidiaryUsersBusinessUnit RetrieveTeamPrivileges
    RetrieveTeamsSystemUser RetrieveTimelineWallRecords RetrieveTimestamp RetrieveUnpublished
    RetrieveUnpublishedMultiple RetrieveUserLicenseInfo RetrieveUserPrivilegeByPrivilegeId
    RetrieveUserPrivilegeByPrivilegeName RetrieveUserPrivileges RetrieveUserQueues
    RetrieveUserSetOfPrivilegesByIds RetrieveUserSetOfPrivilegesByNames RetrieveUserSettingsSystemUser
    RetrieveUsersPrivilegesThroughTeams Rollup SearchByBodyKbArticle SearchByKeywordsKbArticle
    SearchByTitleKbArticle ValidateFetchXmlExpression ValidateRecurrenceRule
    """

  private static let actions = """
    SaveSettingValue
    AddAppComponents AddChannelAccessProfilePrivileges AddItemCampaign AddItemCampaignActivity
    AddListMembersList AddMembersTeam AddPrincipalToQueue AddPrivilegesRole AddRecurrence AddToQueue
    AddUserToRecordTeam ApplyRecordCreationAndUpdateRule ApplyRoutingRule BackgroundSendEmail Book
    BulkDetectDuplicates CalculateActualValue CalculatePrice CancelContract CancelSalesOrder CheckIncomingEmail
    CheckPromoteEmail CloneContract CloneMobileOfflineProfile CloneProduct CloseIncident CloseQuote
    CommitAnnotationBlocksUpload CommitAttachmentBlocksUpload ConvertDateAndTimeBehavior
    ConvertOwnerTeamToAccessTeam ConvertProductToKit ConvertQuoteToSalesOrder ConvertSalesOrderToInvoice
    CopyCampaign CopyCampaignResponse CopyDynamicListToStatic CopyMembersList CopySystemForm
    CreateCustomerRelationships CreateException CreateInstance CreateKnowledgeArticleTranslation
    CreateKnowledgeArticleVersion CreateWorkflowFromTemplate DeleteAuditData DeleteOpenInstances
    DeleteOptionSet DeleteRecordChangeHistory DeliverImmediatePromoteEmail DeliverIncomingEmail
    DeliverPromoteEmail DeprovisionLanguage DistributeCampaignActivity ExecuteWorkflow ExportFieldTranslation
    ExportMappingsImportMap ExportTranslation FulfillSalesOrder FullTextSearchKnowledgeArticle
    GenerateInvoiceFromOpportunity GenerateQuoteFromOpportunity GenerateSalesOrderFromOpportunity
    GenerateSharedLink GenerateSocialProfile GrantAccess ImmediateBook ImportFieldTranslation
    ImportMappingsImportMap ImportRecordsImport ImportTranslation ImportTranslationAsync
    InitializeAnnotationBlocksDownload InitializeAnnotationBlocksUpload InitializeAttachmentBlocksDownload
    InitializeAttachmentBlocksUpload InstallSampleData InstantiateFilters InstantiateTemplate
    LockInvoicePricing LockSalesOrderPricing LoseOpportunity Merge ModifyAccess ParseImport PickFromQueue
    ProcessInboundEmail PropagateByExpression ProvisionLanguage ProvisionLanguageAsync PublishDuplicateRule
    PublishProductHierarchy PublishTheme QualifyLead QualifyMemberList QueryExpressionToFetchXml
    ReassignObjectsOwner ReassignObjectsSystemUser Recalculate ReleaseToQueue RemoveAppComponents
    RemoveFromQueue RemoveMembersTeam RemoveParent RemovePrivilegeRole RemoveUserFromRecordTeam RenewContract
    RenewEntitlement ReplacePrivilegesRole Reschedule ResetUserFilters ReviseQuote RevokeAccess
    RevokeSharedLink SendBulkMail SendEmail SendEmailFromTemplate SendFax SendTemplate SetAutoNumberSeed
    SetBusinessEquipment SetBusinessSystemUser SetDataEncryptionKey SetFeatureStatus SetLocLabels
    SetParentSystemUser SetPreferredSolution SetProcess SetReportRelated SyncBulkOperation TransformImport
    TriggerServiceEndpointCheck UninstallSampleData UnlockInvoicePricing UnlockSalesOrderPricing
    UnpublishDuplicateRule UpdateFeatureConfig UpdateProductProperties UpdateRibbonClientMetadata
    UtcTimeFromLocalTime ValidateApp ValidateSavedQuery ValidateUnpublished WinOpportunity WinQuote
    searchautocomplete searchquery searchstatistics searchstatus searchsuggest
    """

  private static let sets = """
    ManagedPropertyDefinitions solutioncomponentconfigurations stagesolutionuploads exportsolutionuploads
    bulkdeleteoperations duplicaterules importmaps plugintracelogs serviceendpoints sdkmessageprocessingstepimages
    appconfigs appmodulecomponents appmoduleroles attributeimageconfigs attributes audits botcomponents bots
    catalogassignments catalogs connectors customapirequestparameters customapiresponseproperties entityimageconfigs
    entitykeys featurecontrolsettings fileattachments flowsessions invaliddependencies managedproperties optionsets
    organizationsettings packagehistories packages pluginpackages principalobjectaccessset relationships
    ribboncustomizations ribbondiffs roleprivilegescollection sdkmessagepairs sdkmessagerequests serviceplans
    customcontrols appsettings appactions roletemplates entitymaps attributemaps callbackregistrations tracelogs
    processes plugintypestatistics entityanalyticsconfigs settingdefinitions systemuserrolescollection teamrolescollection timezonedefinitions
    """
}
