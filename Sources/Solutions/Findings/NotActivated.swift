package struct NotActivated: FindingContent {
  package static let kind = FindingKind(
    "strata.not-activated",
    .warning,
    "LC-601",
    "A flow is on only when each of its connection references has a connection."
  )

  let flow: NamedComponent
  /// Connection references without a connection.
  let missing: [NamedComponent]
  /// Whether it was to be switched on by itself.
  let isAskedFor: Bool

  package var severity: Finding.Severity { isAskedFor ? .error : Self.kind.severity }

  package var subject: Subject { .component(flow) }

  package var text: Phrase {
    "\(flow) stays off: its connection references have no connections"
  }

  package var because: [Phrase] { missing.lines }

  package var remedies: [Remedy] { [.giveSettings(.connections)] }
}
