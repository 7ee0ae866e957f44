package struct ChoiceMissing: FindingContent {
  package static let kind = FindingKind(
    "0x80048039",
    .warning,
    "DP-204",
    "A column is bound to a choice that the package or the target has."
  )

  let column: NamedComponent
  let choice: String
  let isStrict: Bool

  package var severity: Finding.Severity { isStrict ? .error : Self.kind.severity }

  package var subject: Subject { .component(column) }

  package var text: Phrase {
    "\(column) is bound to the choice \(choice), which neither the package nor the target has"
  }

  package var remedies: [Remedy] {
    [
      .words("add the choice to the solution"),
      .words("import the solution that brings it first"), .assumePresent,
    ]
  }
}
