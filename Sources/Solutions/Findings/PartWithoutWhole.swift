package struct PartWithoutWhole: FindingContent {
  package static let kind = FindingKind(
    "0x8004F036",
    .error,
    "DP-204",
    "A package that drops a component drops its parts."
  )

  let part: NamedComponent
  let whole: NamedComponent?
  let cause: Dropping.Cause

  package var subject: Subject { .component(part) }

  package var text: Phrase {
    "\(part) is in the package, and \(whole.map { "\($0)" } ?? "what it belongs to" as Phrase) no longer is"
  }

  package var because: [Phrase] {
    [
      "it is a part of \(whole.map { "\(address: $0)" } ?? "it" as Phrase)",
      "which is \(cause.reason.text) and would be deleted",
    ]
  }

  package var remedies: [Remedy] {
    [.words("keep both in the package"), .words("drop both")]
  }
}
