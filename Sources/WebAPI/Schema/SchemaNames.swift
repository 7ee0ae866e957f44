internal import Solutions

extension TableHead {
  /// With its case, also where no package says it of a table of the platform.
  var spelledName: String { schemaName == name ? Self.platform[name] ?? name : schemaName }

  /// The name of its set with the case of its own, as far as they are alike: `new_Cities` of `new_City`.
  var spelledSet: String {
    let (name, set) = (spelledName, setName)
    let alike = zip(name.lowercased(), set.lowercased()).prefix { $0 == $1 }.count
    return String(name.prefix(alike)) + set.dropFirst(alike)
  }

  /// By logical name.
  private static let platform: [String: String] = Dictionary(
    names.split { $0 == " " || $0 == "\n" }.map { ($0.lowercased(), String($0)) }
  ) { first, _ in first }

  private static let names = """
    Account ActivityMimeAttachment ActivityParty ActivityPointer Annotation AppModule Appointment
    AsyncOperation Attachment BookableResource BulkDeleteFailure BulkDeleteOperation BulkOperation
    BusinessDataLocalizedLabel BusinessProcessFlowInstance BusinessUnit Calendar CalendarRule
    Campaign CampaignActivity CampaignResponse CanvasApp Category Characteristic Competitor
    Connection ConnectionRole ConstraintBasedGroup Contact Contract ContractDetail ContractTemplate
    CustomerAddress CustomerOpportunityRole Discount DiscountType DisplayString DocumentTemplate
    DuplicateRecord DuplicateRule DynamicProperty Email EmailServerProfile Entitlement Entity
    Equipment ExternalParty Fax Feedback FieldPermission FieldSecurityProfile Goal GoalRollupQuery
    HolidayWrapper ImportFile ImportJob Incident IncidentResolution InteractionForEmail Invoice
    InvoiceDetail KbArticle KbArticleTemplate KnowledgeArticle KnowledgeArticleIncident
    KnowledgeBaseRecord LanguageLocale Lead Letter List Mailbox MailboxTrackingFolder
    MailMergeTemplate Metric MobileOfflineProfile Opportunity OpportunityClose OpportunityProduct
    OrderClose Organization Owner PhoneCall PluginAssembly PluginType Position Post PostFollow
    PriceLevel PrincipalObjectAttributeAccess Privilege ProcessSession ProcessStage ProcessTrigger
    Product ProductPriceLevel Publisher Queue QueueItem Quote QuoteClose QuoteDetail RatingModel
    RatingValue RecurrenceRule RecurringAppointmentMaster Report Resource ResourceGroup ResourceSpec
    Role RollupField RoutingRule SalesLiterature SalesOrder SalesOrderDetail SavedQuery
    SavedQueryVisualization SdkMessage SdkMessageProcessingStep Service ServiceAppointment
    ServiceEndpoint SharePointDocument SharePointDocumentLocation SharePointSite SimilarityRule Site
    SiteMap SLA SLAItem SLAKPIInstance SocialActivity SocialProfile Solution Subject Subscription
    SystemForm SystemUser Task Team TeamTemplate Template Territory Theme TransactionCurrency
    TranslationProcess UoM UoMSchedule UserForm UserQuery UserSettings WebResource WebWizard
    Workflow WorkflowLog
    """
}
