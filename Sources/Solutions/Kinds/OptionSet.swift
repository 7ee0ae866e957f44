internal import XML

extension ComponentType {
  package static let optionSet: ComponentType = 9
}

extension ComponentKind {
  /// A global choice; a local one is a part of its column.
  package static let optionSet = ComponentKind(
    .optionSet,
    named: "OptionSet",
    title: "Choice",
    at: ["optionsets/optionset"],
    key: { element, _ in .named(element.attribute("Name")) },
    isRooted: { _ in true },
    merge: .unionOfOptions,
    impacts: Impacts(
      .data,
      others: .behavior,
      [
        .data: ["options/option", "OptionSetType"], .label: ["options/option@Color"],
        .metadata: ["@localizedName", "ExternalTypeName", "options/option@ExternalValue"],
      ]
    ),
    base: .marked(by: "IsCustomizable")
  )
}
