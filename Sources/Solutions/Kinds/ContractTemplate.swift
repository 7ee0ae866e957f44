internal import XML

extension ComponentKind {
  /// A contract template (PF-618).
  package static let contractTemplate = ComponentKind(
    37,
    named: "ContractTemplate",
    title: "Contract template",
    at: ["Templates/ContractTemplates/contracttemplate"],
    key: { element, _ in .guid(element.text(of: "templateid")) },
    impacts: .interface
  )
}
