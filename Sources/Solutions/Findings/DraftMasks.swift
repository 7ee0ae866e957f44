package struct DraftMasks: FindingContent {
  package static let kind = FindingKind(
    "strata.masked",
    .warning,
    .inferred("LY-305"),
    "A draft that is published hides managed changes that came after it was begun."
  )

  let component: NamedComponent
  /// `Path: before → after, and would be in effect`.
  let hidden: [String]

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "publishing \(component) hides what managed solutions have changed since its draft was begun"
  }

  package var because: [Phrase] { hidden.map { Phrase($0) } }

  package var remedies: [Remedy] { [.resetDraft(component)] }
}
