package struct SettingMissing: FindingContent {
  package static let kind = FindingKind(
    "strata.setting-missing",
    .warning,
    .inferred("LC-604"),
    "An environment variable has a value, by its default or by the settings, and a connection reference a connection: flows without stay off."
  )

  let component: NamedComponent
  /// Whether a variable says that it has to have a value.
  let isRequired: Bool

  package var severity: Finding.Severity { isRequired ? .error : Self.kind.severity }

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    component.id.type == .connectionReference
      ? "\(component) gets no connection" : "\(component) gets no value, and has no default"
  }

  package var remedies: [Remedy] {
    [.words("fill it in, unless the target has one already")]
  }
}
