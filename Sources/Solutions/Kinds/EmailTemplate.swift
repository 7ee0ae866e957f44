internal import XML

extension ComponentType {
  package static let emailTemplate: ComponentType = 36
}

extension ComponentKind {
  /// An email template (PF-618).
  package static let emailTemplate = ComponentKind(
    .emailTemplate,
    named: "EmailTemplate",
    title: "Email template",
    at: ["Templates/EmailTemplates/emailtemplate"],
    key: { element, _ in .guid(element.text(of: "templateid")) },
    rootKey: .guid,
    impacts: .interface,
    references: { component in
      var references = References()
      references.entity(
        component.definition.element.text(of: "templatetypecode"),
        via: "templatetypecode"
      )
      return references
    }
  )
}
