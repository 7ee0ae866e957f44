internal import XML

extension ComponentType {
  package static let systemForm: ComponentType = 60
}

extension ComponentKind {
  /// A form of a table, a dashboard or a dialog.
  package static let systemForm = ComponentKind(
    .systemForm,
    named: "SystemForm",
    title: "Form",
    at: [
      .wrapped("Entities/Entity/FormXml/forms/systemform"), "Dashboards/Dashboard",
      "InteractionCentricDashboards/InteractionCentricDashboard", "Dialogs/Dialog",
    ],
    key: { element, _ in .guid(element.text(of: "formid") ?? element.text(of: "FormId")) },
    rootKey: .guid,
    rootAliases: [24],
    parent: .enclosing,
    merge: .form,
    publishing: .onDemand,
    managedProperties: [.isCustomizable, .canBeDeleted],
    mayLackContent: true,
    hasFallback: true,
    base: .marked(by: "IsCustomizable"),
    references: { component in
      var references = References()
      for form in component.definition.element.descendants("form") {
        references.form(form, table: component.parent?.key)
      }
      return references.except(component.id)
    },
    checks: [Checks.formBase, Checks.wholeForm]
  )
}
