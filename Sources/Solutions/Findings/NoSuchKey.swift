package struct NoSuchKey: FindingContent {
  package static let kind = FindingKind(
    "strata.no-such-key",
    .error,
    .inferred("LC-500"),
    "Only an alternate key has an index to build again."
  )

  let key: NamedComponent

  package var subject: Subject { .component(key) }

  package var text: Phrase { "there is no alternate key \(key.id.key)" }
}
