package struct LastFallbackForm: FindingContent {
  package static let kind = FindingKind(
    "0x8004F654",
    .error,
    "LY-532",
    "The last fallback form of a table that stays cannot be deleted."
  )

  let form: NamedComponent
  let table: NamedComponent

  package var subject: Subject { .component(form) }

  package var text: Phrase {
    "\(form) is the last fallback form of \(table) and cannot be deleted"
  }

  package var because: [Phrase] { ["the table stays, and no main form of it would be left"] }

  package var remedies: [Remedy] {
    [.words("keep the form in the package"), .words("drop the table, too")]
  }
}
