/// The tables that every environment has, from public facts (design §3.6).
package enum SystemBaseline {
  /// Whether the platform itself brings the table, a column of such a table that has no custom prefix, or the site map.
  package static func contains(_ id: ComponentID) -> Bool {
    switch id.type {
    // The organization's own site map.
    case ComponentKind.siteMap.type: return id.key == "default"
    case .entity: return tables.contains(id.key)
    case .attribute:
      let parts = id.key.split(separator: ".", maxSplits: 1)
      guard parts.count == 2, tables.contains(String(parts[0])) else { return false }
      return !parts[1].contains("_")
    default: return false
    }
  }

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
    systemform systemuser task team teamtemplate template territory theme topic transactioncurrency
    translationprocess uom uomschedule userentityinstancedata userform userquery usersettings
    webresource webwizard workflow workflowlog
    """.split { $0 == " " || $0 == "\n" }.map(String.init)
  )
}
