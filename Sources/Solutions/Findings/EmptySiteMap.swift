package struct EmptySiteMap: FindingContent {
  package static let kind = FindingKind(
    "0x8004F402",
    .error,
    "LY-606",
    "A site map leads somewhere."
  )

  let map: NamedComponent

  package var subject: Subject { .component(map) }

  package var text: Phrase {
    "the site map \(map.displayName ?? map.name ?? map.id.key) has no area"
  }

  package var remedies: [Remedy] {
    [.words("export it with its areas"), .words("leave it out of the package")]
  }
}
