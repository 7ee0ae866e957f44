internal import XML

extension ComponentKind {
  /// A form of a table, a dashboard or a dialog.
  package static let systemForm = ComponentKind(
    60,
    "SystemForm",
    "Form",
    at: [
      "^Entities/Entity/FormXml/forms/systemform", "Dashboards/Dashboard",
      "InteractionCentricDashboards/InteractionCentricDashboard", "Dialogs/Dialog",
    ],
    key: { element, _ in .guid(element.text(of: "formid") ?? element.text(of: "FormId")) },
    parent: .enclosing,
    merge: .form,
    publishing: .onDemand,
    managedProperties: [.isCustomizable, .canBeDeleted],
    base: .marked(by: "IsCustomizable"),
    references: { component in
      var references = References()
      for form in component.definition.element.descendants("form") {
        references.form(form, table: component.parent?.key)
      }
      return references.except(component.id)
    }
  ).checked(by: Checks.formBase, Checks.wholeForm)
}
