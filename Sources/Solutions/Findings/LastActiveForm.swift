package struct LastActiveForm: FindingContent {
  package static let kind = FindingKind(
    "0x8004F661",
    .error,
    "LY-532",
    "The last active main form of a table stays active."
  )

  let form: NamedComponent
  let table: NamedComponent

  package var subject: Subject { .component(form) }

  package var text: Phrase {
    "\(form) is the last active main form of \(table) and cannot be deactivated"
  }

  package var because: [Phrase] {
    ["FormActivationState would be 0, and no other main form of the table is active"]
  }

  package var remedies: [Remedy] {
    [.words("leave it active"), .words("activate another main form of the table")]
  }
}
