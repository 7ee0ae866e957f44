package struct RibbonIDTwice: FindingContent {
  package static let kind = FindingKind(
    "0x8004F10B",
    .error,
    .inferred("LY-703"),
    "No two elements of a ribbon have one id."
  )

  let ribbon: NamedComponent
  /// With the element's name.
  let id: String

  package var subject: Subject { .component(ribbon) }

  package var text: Phrase { "two elements of the ribbon have the id \(id)" }

  package var remedies: [Remedy] { [.prefixRibbonIDs] }
}

extension Remedy {
  static let prefixRibbonIDs: Remedy = .words(
    "give the elements ids that begin with the publisher's prefix"
  )
}
