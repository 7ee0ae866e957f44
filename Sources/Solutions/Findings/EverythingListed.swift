package struct EverythingListed: FindingContent {
  package static let kind = FindingKind(
    "0x8004F000",
    .error,
    "LC-132",
    "The solution Default lists every component, and always does."
  )

  package var subject: Subject { .solution(.default) }

  package var text: Phrase {
    "Default lists every component of the environment: nothing is added to it or taken out"
  }

  package var remedies: [Remedy] {
    [
      .words("name an unmanaged solution of your own"),
      .words("to delete a component, remove it itself"),
    ]
  }
}
