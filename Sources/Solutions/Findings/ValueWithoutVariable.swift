package struct ValueWithoutVariable: FindingContent {
  package static let kind = FindingKind(
    "0x8004F036",
    .warning,
    "DP-204",
    "A current value belongs to an environment variable that is in the package or in the target."
  )

  let value: NamedComponent
  /// Schema name of the variable.
  let name: String
  let isStrict: Bool

  package var severity: Finding.Severity { isStrict ? .error : Self.kind.severity }

  package var subject: Subject { .component(value) }

  package var text: Phrase {
    "the package has a value of the environment variable \(name), which is not there"
  }

  package var because: [Phrase] { ["\(name) is neither in the package nor in the target"] }

  package var remedies: [Remedy] {
    [
      .words("install the solution that brings the variable first"),
      .words("take the value out of the package"),
    ]
  }
}
