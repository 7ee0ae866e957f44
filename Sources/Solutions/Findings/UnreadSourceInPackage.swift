package struct UnreadSourceInPackage: FindingContent {
  package static let kind = FindingKind(
    "strata.unread-source",
    .warning,
    .inferred("DP-201"),
    "The references of a file or text of a component are not known when it cannot be read."
  )

  let component: NamedComponent
  let source: UnreadSource

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "cannot read \(source.place): what the \(component.title.lowercased()) needs is not known"
  }

  package var because: [Phrase] { [Phrase(source.reason)] }

  package var remedies: [Remedy] {
    [
      .words("look yourself before you delete what it may use"),
      .words("export it again"),
    ]
  }
}
