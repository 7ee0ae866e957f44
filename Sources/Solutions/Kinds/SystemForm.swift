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
    // Forms of tables come with one or without (PF-216).
    isRooted: { $0.definition.element.name.hasSuffix("Dashboard") },
    parent: .enclosing,
    merge: .form,
    publishing: .onDemand,
    impacts: form,
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

  /// The same below the form itself and below what stands around forms of dashboards.
  private static let form = Impacts(
    .interface,
    Dictionary(
      grouping: ["form", "FormXml/forms/form"].flatMap { root in
        formPaths.flatMap { impact, paths in paths.map { (impact, "\(root)\($0)") } }
      },
      by: \.0
    ).mapValues { $0.map(\.1) }
  )

  private static let formPaths: [Impact: [String]] = [
    .behavior: [
      "/events", "/formLibraries", "/clientresources", "/tab/events",
      "/tab/column/section/cell/events", "/header/cell/events", "/footer/cell/events",
    ],
    .access: ["/DisplayConditions/Role", "/DisplayConditions/Everyone"],
    // Names and numbers by which exporters tell parts that stay.
    .metadata: [
      "/tab@name", "/tab@labelid", "/tab/column/section@name", "/tab/column/section@labelid",
      "/tab/column/section/cell@labelid", "/tab/column/section/cell/control@uniqueid",
      "/header/cell@labelid", "/header/cell/control@uniqueid", "/footer/cell@labelid",
      "/footer/cell/control@uniqueid", "/controlDescriptions/controlDescription@forControl",
    ],
  ]
}
