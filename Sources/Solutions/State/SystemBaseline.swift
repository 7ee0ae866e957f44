/// The tables that every environment has, from public facts.
package enum SystemBaseline {
  /// Whether the platform itself brings the table, a column of such a table that has no custom prefix, or the site map.
  package static func contains(_ id: ComponentID) -> Bool {
    if id == organizationSiteMap { return true }
    if id.type == .entity { return tables.contains(id.key) }
    guard id.type == .attribute, let (table, column) = id.tableAndColumn else { return false }
    return tables.contains(table) && !column.contains("_")
  }

  private static let organizationSiteMap = ComponentID(.siteMap, "default")

  /// Whether a table's name is one that the platform, or an app of its maker, may bring anywhere.
  static func mayHold(_ table: ComponentID) -> Bool {
    let prefixes = ["adx", "msdyn", "msdynce", "msdynmkt", "msfp", "mspcat", "mspp"]
    guard let underscore = table.key.firstIndex(of: "_") else { return true }
    return prefixes.contains(String(table.key[..<underscore]))
  }

  /// Logical names.
  static let tables: Set<String> = Set(
    """
    account activitymimeattachment activityparty activitypointer annotation appmodule appointment
    asyncoperation attachment bookableresource bulkdeletefailure bulkdeleteoperation bulkoperation
    businessdatalocalizedlabel businessprocessflowinstance businessunit calendar calendarrule campaign
    campaignactivity campaignresponse canvasapp category characteristic competitor connection
    connectionreference connectionrole constraintbasedgroup contact contract contractdetail
    contracttemplate customeraddress customeropportunityrole discount discounttype
    displaystring documenttemplate duplicaterecord duplicaterule dynamicproperty email
    emailserverprofile entitlement entity environmentvariabledefinition environmentvariablevalue
    equipment externalparty fax feedback fieldpermission fieldsecurityprofile goal goalrollupquery
    holidaywrapper importfile importjob incident incidentresolution interactionforemail invoice
    invoicedetail kbarticle kbarticletemplate knowledgearticle knowledgebaserecord
    knowledgearticleincident languagelocale lead letter list mailbox mailboxtrackingfolder
    mailmergetemplate metric mobileofflineprofile msdyn_aimodel opportunity opportunityclose
    opportunityproduct orderclose organization orgbelonging owner phonecall plugintype
    pluginassembly position post postfollow pricelevel principalobjectattributeaccess privilege
    processsession processstage processtrigger product productpricelevel profilerule publisher queue
    queueitem quote quoteclose quotedetail ratingmodel ratingvalue recurrencerule
    recurringappointmentmaster report resource resourcegroup resourcespec role rollupfield
    routingrule salesliterature salesorder salesorderdetail savedquery savedqueryvisualization
    sdkmessage sdkmessageprocessingstep service serviceappointment serviceendpoint
    sharepointdocument sharepointdocumentlocation sharepointsite similarityrule site sitemap sla
    slaitem slakpiinstance socialactivity socialprofile solution subject subscription syncerror
    systemform systemuser systemuserroles task team teammembership teamroles teamtemplate template
    territory theme topic transactioncurrency
    translationprocess uom uomschedule userentityinstancedata userform userquery usersettings
    webresource webwizard workflow workflowlog
    """.split { $0 == " " || $0 == "\n" }.map(String.init)
  )
}
