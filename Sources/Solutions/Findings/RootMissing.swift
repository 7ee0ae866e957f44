package struct RootMissing: FindingContent {
  package static let kind = FindingKind(
    "0x8004801F",
    .warning,
    "LC-359",
    "Every root component is in the package or in the target."
  )

  let root: NamedComponent
  /// Whether the package says what it changes of a table, and not the table.
  let isShell: Bool
  /// Whether the same plan takes it away before.
  let isTakenAway: Bool
  let isStrict: Bool

  package var severity: Finding.Severity {
    isStrict || isTakenAway ? .error : Self.kind.severity
  }

  package var subject: Subject { .component(root) }

  package var text: Phrase {
    isTakenAway
      ? "the package changes what it does not bring, and what this plan takes away before"
      : isShell
        ? "the package changes a table that is neither in it nor in the target"
        : "the root component is neither in the package nor in the target"
  }

  package var remedies: [Remedy] {
    isTakenAway
      ? [.words("leave the package out, or keep what it changes")]
      : isShell
        ? [.words("import the solution that brings the table first"), .assumePresent]
        : [.words("use the package as exported")]
  }
}
