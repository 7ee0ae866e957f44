internal import XML

extension ComponentKind {
  /// A mail merge template (PF-618).
  package static let mailMergeTemplate = ComponentKind(
    39,
    named: "MailMergeTemplate",
    title: "Mail merge template",
    at: ["Templates/MailMergeTemplates/mailmergetemplate"],
    key: { element, _ in .guid(element.text(of: "templateid")) },
    impacts: .interface
  )
}
