internal import Lifecycle
internal import OData
internal import Solutions

/// Tables of the platform whose rows follow from what is installed and from what was done here: the database holds none of
/// them, and queries that name them bring their rows along (docs/decisions/182).
enum ToldTables {
  static func model(_ name: String) -> TableModel? { models[name] }

  /// The table at the other end of a navigation property; nil where none of these tables has one of that name.
  static func target(of navigation: String, from type: String) -> String? {
    guard let model = models[type] else { return nil }
    if let link = model.link(navigation: navigation) { return link.target }
    if case .referring(let link)? = model.collection(navigation) { return link.table }
    return collections[navigation.lowercased()]
  }

  /// Those that are not called after the lookup at their other end.
  private static let collections = [
    "environmentvariabledefinition_environmentvariablevalue": "environmentvariablevalue"
  ]

  /// Whether rows of such a table have a property, whatever is known of it here.
  static func isProperty(_ name: String, of type: String) -> Bool {
    guard let model = models[type] else { return false }
    let name = name.lowercased()
    return model.column(onWire: name)?.wire == name || managedProperties(of: type).contains(name)
  }

  /// Properties that are more than yes or no, of tables of components.
  static func managedProperties(of type: String) -> [String] {
    ComponentSet.types.contains(type) || heldTypes.contains(type)
      ? ComponentRow.managedProperties : []
  }

  private static let heldTypes = [
    "savedquery", "environmentvariabledefinition", "connectionreference",
  ]

  /// Heads of tables with those of these in their places.
  static func completing(_ heads: [TableHead]) -> [TableHead] {
    (heads.filter { models[$0.name] == nil } + own).sorted { $0.name < $1.name }
  }

  /// By logical name.
  static let models: [String: TableModel] = Dictionary(
    uniqueKeysWithValues: words.split(separator: "\n").map { line in
      let model = TableModel(inWords: line)
      return (model.name, model)
    }
  )

  private static let own = models.values.map(\.head)

  /// Name, set, key and columns of each.
  private static let words = """
    Solution solutions solutionid uniquename:65 *friendlyname:256 version:256 description:2000 ismanaged? isvisible? isapimanaged? installedon@ updatedon@ createdon@ modifiedon@ solutionpackageversion:256 solutiontype= upgradeinfo:1048576 templatesuffix:65 thumbprint:65 versionnumber# publisherid>publisher parentsolutionid>solution organizationid>organization configurationpageid>webresource createdby>systemuser modifiedby>systemuser pinpointpublisherid# pinpointsolutionid# pinpointassetid:255 isinternal? enabledforsourcecontrolintegration? sourcecontrolsyncstatus=
    Publisher publishers publisherid uniquename:256 *friendlyname:256 description:2000 customizationprefix:8 customizationoptionvalueprefix# isreadonly? emailaddress:100 supportingwebsiteurl:200 createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber# organizationid>organization pinpointpublisherid# pinpointpublisherdefaultlocale:16 entityimageid& entityimage_url:200 entityimage_timestamp# address1_name:100 address1_line1:250 address1_line2:250 address1_line3:250 address1_city:80 address1_stateorprovince:50 address1_postalcode:20 address1_country:80 address1_county:50 address1_postofficebox:20 address1_telephone1:50 address1_telephone2:50 address1_telephone3:50 address1_fax:50 address1_upszone:4 address1_utcoffset# address1_latitude~ address1_longitude~ address1_addresstypecode= address1_shippingmethodcode= address1_addressid& address2_name:100 address2_line1:250 address2_line2:250 address2_line3:250 address2_city:80 address2_stateorprovince:50 address2_postalcode:20 address2_country:80 address2_county:50 address2_postofficebox:20 address2_telephone1:50 address2_telephone2:50 address2_telephone3:50 address2_fax:50 address2_upszone:4 address2_utcoffset# address2_latitude~ address2_longitude~ address2_addresstypecode= address2_shippingmethodcode= address2_addressid&
    SolutionComponent solutioncomponents solutioncomponentid objectid& componenttype= solutionid>solution rootcomponentbehavior= rootsolutioncomponentid& ismetadata? createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber#
    AsyncOperation asyncoperations asyncoperationid *name:256 messagename:160 operationtype= statecode= statuscode= createdon@ startedon@ completedon@ modifiedon@ executiontimespan~ message:1048576 friendlymessage:1048576 errorcode# correlationid& correlationupdatedtime@ requestid& depth# sequence# retrycount# primaryentitytype:128 data:1073741823 breadcrumbid& dependencytoken:256 ownerid>systemuser owningextensionid>sdkmessageprocessingstep iswaitingforevent? recurrencepattern:1048576
    ImportJob importjobs importjobid *name:256 solutionname:100 progress~ startedon@ completedon@ createdon@ importcontext:128 createdby>systemuser solutionid& operationcontext:128 data:1073741823
    msdyn_solutionhistory msdyn_solutionhistories msdyn_solutionhistoryid *msdyn_name:256 msdyn_solutionversion:256 msdyn_packageversion:256 msdyn_operation= msdyn_suboperation= msdyn_status= msdyn_result? msdyn_starttime@ msdyn_endtime@ msdyn_totaltime# msdyn_errorcode# msdyn_exceptionmessage:4000 msdyn_exceptionstack:4000 msdyn_retrycount# msdyn_maxretries# msdyn_packagename:256 msdyn_solutionid& msdyn_publishername:256 msdyn_publisherid& msdyn_ismanaged? msdyn_ispatch? msdyn_isoverwritecustomizations? msdyn_activityid& msdyn_correlationid&
    msdyn_solutioncomponentsummary msdyn_solutioncomponentsummaries msdyn_solutioncomponentsummaryid msdyn_objectid& *msdyn_name:4000 msdyn_displayname:4000 msdyn_schemaname:4000 msdyn_componenttype= msdyn_componenttypename:4000 msdyn_componentlogicalname:4000 msdyn_primaryentityname:4000 msdyn_fieldtype:4000 msdyn_objecttypecode# msdyn_primaryidattribute:4000 msdyn_logicalcollectionname:4000 msdyn_solutionid& msdyn_ismanaged? msdyn_iscustom? msdyn_iscustomizable? msdyn_hasactivecustomization? msdyn_createdon@ msdyn_modifiedon@ msdyn_owner:4000 msdyn_status= msdyn_statusname:4000 msdyn_subtype:4000 msdyn_total#
    msdyn_solutioncomponentcountsummary msdyn_solutioncomponentcountsummaries msdyn_solutioncomponentcountsummaryid msdyn_solutionid& *msdyn_componentlogicalname:4000 msdyn_componenttype= msdyn_total#
    SolutionComponentDefinition solutioncomponentdefinitions solutioncomponentdefinitionid solutioncomponenttype= *name:200 primaryentityname:200 objecttypecode#
    Dependency dependencies dependencyid dependencytype= dependentcomponentobjectid& dependentcomponenttype= dependentcomponentparentid& dependentcomponentbasesolutionid& dependentcomponentnodeid>dependencynode requiredcomponentobjectid& requiredcomponenttype= requiredcomponentparentid& requiredcomponentbasesolutionid& requiredcomponentnodeid>dependencynode requiredcomponentintroducedversion~ versionnumber#
    DependencyNode dependencynodes dependencynodeid objectid& componenttype= parentid& basesolutionid& introducedversion~
    SdkMessage sdkmessages sdkmessageid *name:256 categoryname:25 isprivate? isactive? isreadonly? autotransact? expand? template? throttlesettings:512 executeprivilegename:100 isvalidforexecuteasync? workflowsdkstepenabled? availability# customizationlevel# introducedversion:48 componentstate= createdon@ modifiedon@ solutionid& overwritetime@ versionnumber#
    SdkMessageFilter sdkmessagefilters sdkmessagefilterid primaryobjecttypecode:128 sdkmessageid>sdkmessage isvisible? name:256 secondaryobjecttypecode:128 iscustomprocessingstepallowed? availability# customizationlevel# workflowsdkstepenabled? restrictionlevel# introducedversion:48 componentstate= createdon@ modifiedon@ solutionid& overwritetime@ versionnumber#
    StringMap stringmaps stringmapid objecttypecode:64 attributename:100 attributevalue# *value:4000 langid# displayorder# organizationid>organization versionnumber#
    SavedQuery savedqueries savedqueryid *name:200 returnedtypecode:64 querytype# isdefault? isquickfindquery? isprivate? ismanaged? fetchxml:1073741823 layoutxml:1073741823 statecode= statuscode= description:500 layoutjson:1073741823 columnsetxml:1073741823 isuserdefined? componentstate= solutionid& overwritetime@ savedqueryidunique& conditionalformatting:1073741823 offlinesqlquery:1073741823 queryapi:25 queryappusage= advancedgroupby:10000 introducedversion:48 iscustom? enablecrosspartition? organizationid>organization createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber#
    EnvironmentVariableDefinition environmentvariabledefinitions environmentvariabledefinitionid *schemaname:100 displayname:100 type= defaultvalue:2000 isrequired? ismanaged? statecode= statuscode= description:2000 hint:2000 secretstore= valueschema:2000 apiid:500 parameterkey:500 parentdefinitionid>environmentvariabledefinition connectionreferenceid>connectionreference ownerid>systemuser,team componentstate= solutionid& overwritetime@ introducedversion:48 environmentvariabledefinitionidunique& createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber#
    EnvironmentVariableValue environmentvariablevalues environmentvariablevalueid *schemaname:100 value:2000 environmentvariabledefinitionid>environmentvariabledefinition ismanaged? statecode= statuscode= ownerid>systemuser,team componentstate= solutionid& overwritetime@ introducedversion:48 environmentvariablevalueidunique& createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber#
    connectionreference connectionreferences connectionreferenceid connectionreferencelogicalname:100 *connectionreferencedisplayname:100 connectorid:500 connectionid:500 ismanaged? statecode= statuscode= description:4000 ownerid>systemuser,team componentstate= solutionid& overwritetime@ promptingbehavior= customconnectorid& connectionparametersetconfig:1048576 connectionreferenceidunique& createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber#
    SystemForm systemforms formid *name:100 objecttypecode:64 type= formxml:1073741823 formactivationstate= formpresentation= ismanaged? componentstate# solutionid& overwritetime@ description:500 isdefault? isairmerged? isdesktopenabled? istabletenabled? uniquename:200 version# publishedon@ introducedversion:48 formidunique& ancestorformid>systemform formxmlmanaged:1073741823 organizationid>organization versionnumber#
    SavedQueryVisualization savedqueryvisualizations savedqueryvisualizationid *name:100 primaryentitytypecode:64 datadescription:1073741823 presentationdescription:1073741823 ismanaged? componentstate# solutionid& overwritetime@ description:2000 isdefault? charttype= type= webresourceid>webresource introducedversion:48 savedqueryvisualizationidunique& organizationid>organization createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber#
    Role roles roleid *name:100 businessunitid>businessunit ismanaged? componentstate# solutionid& overwritetime@ description:2000 parentroleid>role parentrootroleid>role roletemplateid& isinherited= isautoassigned= appliesto:2000 summaryofcoreprivileges:2000 issystemgenerated? roleidunique& organizationid& createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber#
    Workflow workflows workflowid *name:100 uniquename:128 category= type= mode= scope= ondemand? subprocess? primaryentity:64 statecode= statuscode= ismanaged? componentstate# solutionid& overwritetime@ description:100000 ownerid>systemuser,team owningbusinessunit>businessunit owninguser>systemuser triggeroncreate? triggerondelete? triggeronupdateattributelist:1073741823 createstage= updatestage= deletestage= introducedversion:48 resourceid& resourcecontainer:100 parentworkflowid>workflow activeworkflowid>workflow businessprocesstype= processorder# processroleassignment:1048576 runas= rank# inputparameters:1073741823 languagecode# formid& istransacted? modernflowtype= iscrmuiworkflow? asyncautodelete? syncworkflowlogonfailure? uidata:1073741823 entityimageid& workflowidunique& clientdata:1073741823 xaml:1073741823 createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber#
    AppModule appmodules appmoduleid *name:100 uniquename:100 clienttype= formfactor= navigationtype= statecode= statuscode= ismanaged? componentstate# solutionid& overwritetime@ description:2000 url:100000 webresourceid& welcomepageid& publishedon@ isdefault? isfeatured? configxml:100000 publisherid>publisher appmoduleversion:48 optimizedfor:100 eventhandlers:100000 introducedversion:48 appmoduleidunique& appmodulexmlmanaged:1073741823 organizationid>organization createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber#
    SiteMap sitemaps sitemapid *sitemapname:128 sitemapnameunique:128 sitemapxml:1073741823 ismanaged? componentstate# solutionid& overwritetime@ isappaware? enablecollapsiblegroups? showhome? showpinned? showrecents? sitemapidunique& organizationid>organization createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber#
    WebResource webresourceset webresourceid *name:256 displayname:200 webresourcetype= languagecode# content:1073741823 ismanaged? componentstate# solutionid& overwritetime@ description:2000 dependencyxml:5000 introducedversion:48 silverlightversion:20 isenabledformobileclient? isavailableformobileoffline? webresourceidunique& organizationid>organization createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber#
    SdkMessageProcessingStep sdkmessageprocessingsteps sdkmessageprocessingstepid *name:256 stage= mode= rank# filteringattributes:100000 statecode= statuscode= ismanaged? componentstate# solutionid& overwritetime@ description:256 supporteddeployment= asyncautodelete? sdkmessageid>sdkmessage sdkmessagefilterid>sdkmessagefilter plugintypeid>plugintype eventhandler>plugintype impersonatinguserid>systemuser sdkmessageprocessingstepsecureconfigid& introducedversion:48 category:100 invocationsource= canusereadonlyconnection? sdkmessageprocessingstepidunique& organizationid>organization createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber#
    PluginAssembly pluginassemblies pluginassemblyid *name:256 isolationmode= sourcetype= ismanaged? componentstate# solutionid& overwritetime@ version:48 culture:32 publickeytoken:32 description:256 major# minor# path:256 sourcehash:256 packageid& authtype= url:2000 username:256 introducedversion:48 customizationlevel# pluginassemblyidunique& organizationid>organization createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber#
    PluginType plugintypes plugintypeid *name:256 typename:256 friendlyname:256 assemblyname:100 ismanaged? componentstate# solutionid& overwritetime@ description:256 pluginassemblyid>pluginassembly version:48 culture:32 publickeytoken:32 isworkflowactivity? workflowactivitygroupname:256 customworkflowactivityinfo:1048576 major# minor# customizationlevel# plugintypeidunique& organizationid>organization createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber#
    CustomAPI customapis customapiid uniquename:128 *name:100 bindingtype= isfunction? isprivate? ismanaged? componentstate# solutionid& overwritetime@ displayname:100 description:300 boundentitylogicalname:100 allowedcustomprocessingsteptype= executeprivilegename:100 workflowsdkstepenabled? plugintypeid>plugintype ownerid>systemuser,team statecode= statuscode= customapiidunique& createdon@ modifiedon@ createdby>systemuser modifiedby>systemuser versionnumber#
    """
}

extension ToldTables {
  static func areAsked(by tree: RowTree) -> Bool {
    tree.tableNames.contains { models[$0] != nil }
  }

  /// How many rows such a table has; nil for any other table.
  static func count(of name: String, _ api: WebAPI, _ request: WebRequest) async throws -> Int? {
    try await records(of: name, naming: [], api, request)?.count
  }

  /// All rows of such a table, as far as columns are named; nil for any other table.
  private static func records(
    of name: String,
    naming columns: Set<String>,
    _ api: WebAPI,
    _ request: WebRequest
  ) async throws -> [Record]? {
    guard let set = SystemSets.told[name], let records = set.told?.records else { return nil }
    let answer = try RecordAnswer(everyRowOf: set.name, type: name, naming: columns, request)
    return try await records(api, answer)
  }

  /// Rows of those tables among the ones that a query asks for, as far as it names their columns.
  static func rows(
    for tree: RowTree,
    _ api: WebAPI,
    _ request: WebRequest
  ) async throws -> [String: ToldRows] {
    let names = tree.tableNames.filter { models[$0] != nil }
    guard !names.isEmpty else { return [:] }
    let wanted = tree.columnNames
    var told: [String: ToldRows] = [:]
    for name in names.sorted() {
      guard let whole = models[name]?.table,
        let records = try await records(of: name, naming: wanted, api, request)
      else { continue }
      let columns = whole.columns.filter { $0.name == whole.primaryKey || wanted.contains($0.name) }
      let table = whole.with(columns: columns.map { labelled($0, of: name) })
      told[name] = ToldRows(
        of: table,
        records.map { record in table.columns.map { record.value(of: $0) } }
      )
    }
    return told
  }
}

extension RowTree {
  /// Names of all columns that it asks for.
  fileprivate var columnNames: Set<String> {
    branches.reduce(into: query.columnNames) {
      $0.formUnion($1.tree.columnNames)
      $0.insert($1.path.column)
    }
  }
}
