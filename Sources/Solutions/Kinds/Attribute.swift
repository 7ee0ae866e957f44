internal import XML

extension ComponentType {
  package static let attribute: ComponentType = 2
}

extension ComponentKind {
  /// A column.
  package static let attribute = ComponentKind(
    .attribute,
    named: "Attribute",
    title: "Column",
    at: ["Entities/Entity/EntityInfo/entity/attributes/attribute"],
    key: { element, table in
      Key.lowered(element.text(of: "LogicalName") ?? element.attribute("PhysicalName"))?
        .under(table)
    },
    rootKey: .underTable,
    folder: .named("Formulas"),
    parent: .enclosing,
    merge: .unionOfOptions,
    physical: .column,
    headline: ["Type", "MaxLength", "RequiredLevel"],
    impacts: Impacts(
      .data,
      others: .behavior,
      [
        .data: [
          "Type", "MaxLength", "Length", "Accuracy", "AccuracySource", "MinValue", "MaxValue",
          "Format", "Behavior", "LookupTypes", "OptionSetName", "optionset/options/option",
          "optionset/statuses/status", "optionset/states/state",
        ],
        .access: ["IsSecured"],
        .interface: [
          "IsSearchable", "DisplayMask", "IsFilterable", "IsRetrievable", "IsGlobalFilterEnabled",
          "IsSortableEnabled", "ImeMode",
        ],
        .label: ["optionset/options/option@Color", "optionset/statuses/status@Color"],
        .metadata: ["@PhysicalName", "Name", "LogicalName", "IsLogical", "optionset@Name"],
      ]
    ),
    managedProperties: [
      .isCustomizable,
      ManagedProperty("IsRenameable", guards: .properties(["displaynames"])),
      ManagedProperty(
        "CanModifyRequirementLevelSettings",
        guards: .properties(["RequiredLevel"])
      ),
      ManagedProperty("CanModifySearchSettings", guards: .properties(["DisplayMask"])),
      ManagedProperty(
        "CanModifyGlobalFilterSettings",
        guards: .properties(["IsGlobalFilterEnabled"])
      ),
      ManagedProperty("CanModifyIsSortableSettings", guards: .properties(["IsSortableEnabled"])),
      ManagedProperty("CanChangeDateTimeBehavior", guards: .properties(["Behavior"])),
      ManagedProperty(
        "CanModifyAdditionalSettings",
        guards: .properties([
          "AppDefaultValue", "Format", "ImeMode", "MaxLength", "Length", "Accuracy",
          "AccuracySource", "MinValue", "MaxValue", "AutoNumberFormat",
        ])
      ),
    ],
    base: .part(isCustom: { !isSystem($0) }, by: "IsCustomizable"),
    wholes: { component in
      let element = component.definition.element
      let isPrimary =
        element.text(of: "Type") == "primarykey"
        || component.definition.isPrimaryName
      return isPrimary || isSystem(component) ? component.parent.map { [$0] } ?? [] : []
    },
    references: { component in
      var references = References()
      let element = component.definition.element
      if let choice = component.definition.globalChoice {
        references.add(choice, via: "OptionSetName")
      }
      if let table = component.parent?.key {
        references.attribute(table, element.text(of: "CalculationOf"), via: "CalculationOf")
        references.parts(of: component, table: table)
      }
      return references.except(component.id)
    },
    checks: [Checks.columnType, Checks.primaryName, Checks.statusReasons, Checks.fixedOptions]
  )

  /// Whether the platform made the column when it made the table: packages say so, and those that do not are asked for
  /// the name.
  private static func isSystem(_ column: Component) -> Bool {
    if let flag = column.definition.element.text(of: "IsCustomField") { return flag == "0" }
    guard let (table, name) = column.id.tableAndColumn else { return false }
    return SystemBaseline.implies(name, of: table)
  }
}
