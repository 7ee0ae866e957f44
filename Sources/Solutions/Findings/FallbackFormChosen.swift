package struct FallbackFormChosen: FindingContent {
  package static let kind = FindingKind(
    "strata.fallback-form",
    .warning,
    "LY-531",
    "A table that is left without a fallback form gets one in the unmanaged layer."
  )

  let form: NamedComponent
  let table: NamedComponent

  package var subject: Subject { .component(form) }

  package var text: Phrase {
    "\(form) becomes the fallback form of \(table), in the unmanaged layer"
  }

  package var because: [Phrase] { ["no other main form of the table is left as fallback"] }

  package var remedies: [Remedy] {
    [.words("mark one of the table's main forms as fallback in the package")]
  }
}
