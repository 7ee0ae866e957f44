internal import XML

extension ComponentType {
  package static let workflow: ComponentType = 29
}

extension ComponentKind {
  /// A process: classic workflow, business rule, action, process flow, cloud or desktop flow (PF-603).
  package static let workflow = ComponentKind(
    .workflow,
    named: "Workflow",
    title: "Process",
    at: ["Workflows/Workflow"],
    key: { element, _ in .guid(element.attribute("WorkflowId")) },
    rootKey: .guid,
    isRooted: { component in
      // Business rules come without a root of their own in genuine packages.
      component.definition.element.text(of: "Category") != "2"
    },
    folder: .named("Workflows"),
    headline: ["Category", "StateCode", "PrimaryEntity"],
    impacts: Impacts(.behavior, [.label: ["@Name", "@Description"]]),
    managedProperties: [
      .isCustomizable,
      ManagedProperty("IsCustomProcessingStepAllowedForOtherPublishers", guards: .nothing),
    ],
    base: .marked(by: "IsCustomizable"),
    activation: { component in
      let element = component.definition.element
      let isActive = element.text(of: "StateCode") == "1"
      return element.text(of: "Category") == "5"
        ? .flow(isActive: isActive) : .asStated(isActive: isActive)
    },
    namesInText: true,
    references: { component in
      var references = References()
      let element = component.definition.element
      var table = element.text(of: "PrimaryEntity")
      if table?.lowercased() == "none" { table = nil }
      references.entity(table, via: "PrimaryEntity")
      let columns = element.text(of: "TriggerOnUpdateAttributeList") ?? ""
      for column in columns.split(separator: ",") {
        references.attribute(table, String(column), via: "TriggerOnUpdateAttributeList")
      }
      references.guid(element.text(of: "FormId"), .systemForm, via: "FormId")
      references.guid(
        element.text(of: "ProcessTriggerFormId"),
        .systemForm,
        via: "ProcessTriggerFormId"
      )
      references.roles(element.text(of: "processroleassignment"), via: "processroleassignment")
      for trigger in element.descendants("ProcessTrigger") {
        references.guid(trigger.text(of: "formid"), .systemForm, via: "ProcessTrigger/formid")
        references.entity(
          trigger.text(of: "primaryentitytypecode"),
          via: "ProcessTrigger/primaryentitytypecode"
        )
      }
      // A business process flow keeps its instances in a table of its own (PF-604).
      if element.text(of: "Category") == "4" {
        references.entity(element.text(of: "UniqueName"), via: "UniqueName")
      }
      references.parts(of: component, table: table)
      references.desktopFlow(element)
      return references.except(component.id)
    },
    checks: [Checks.processIdentity]
  )
}
