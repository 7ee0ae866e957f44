package struct RootMissing: FindingContent {
  package static let kind = FindingKind(
    "0x8004801F",
    .warning,
    "LC-359",
    "Every root component is in the package or in the target."
  )

  enum Lack: Equatable, Sendable {
    case root
    /// The package says what it changes of a table, and not the table.
    case table
    /// The same plan takes it away before.
    case takenAway
  }

  let root: NamedComponent
  let lack: Lack
  let isStrict: Bool

  package var severity: Finding.Severity {
    isStrict || lack == .takenAway ? .error : Self.kind.severity
  }

  package var subject: Subject { .component(root) }

  package var text: Phrase {
    switch lack {
    case .root: "the root component is neither in the package nor in the target"
    case .table: "the package changes a table that is neither in it nor in the target"
    case .takenAway:
      "the package changes what it does not bring, and what this plan takes away before"
    }
  }

  package var remedies: [Remedy] {
    switch lack {
    case .root: [.words("use the package as exported")]
    case .table: [.words("import the solution that brings the table first"), .assumePresent]
    case .takenAway: [.words("leave the package out, or keep what it changes")]
    }
  }
}
