internal import XML

extension ComponentKind {
  /// A global choice; a local one is a part of its column.
  package static let optionSet = ComponentKind(
    9,
    "OptionSet",
    "Choice",
    at: ["optionsets/optionset"],
    key: { element, _ in .named(element.attribute("Name")) },
    merge: .unionOfOptions,
    base: .marked(by: "IsCustomizable")
  )
}
