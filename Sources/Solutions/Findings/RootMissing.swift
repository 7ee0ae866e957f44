package struct RootMissing: FindingContent {
  package static let kind = FindingKind(
    "0x8004801F",
    .warning,
    "LC-359",
    "Every root component is in the package or in the target."
  )

  let root: NamedComponent
  let isStrict: Bool

  package var severity: Finding.Severity { isStrict ? .error : Self.kind.severity }

  package var subject: Subject { .component(root) }

  package var text: Phrase { "the root component is neither in the package nor in the target" }

  package var remedies: [Remedy] { [.words("use the package as exported")] }
}
