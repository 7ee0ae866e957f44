package struct UntrackedUse: FindingContent {
  package static let kind = FindingKind(
    "strata.untracked-use",
    .warning,
    "DP-500",
    "A use that the platform does not track stops no deletion."
  )

  let component: NamedComponent
  let cause: Dropping.Cause
  let uses: [NamedUse]

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "\(component) is deleted although \(uses.count == 1 ? "something seems" : "\(uses.count) components seem") "
      + "to use it in a way that the platform does not track"
  }

  package var because: [Phrase] {
    [Phrase(cause.reason.text)]
      + uses.map { "\($0.user) names it (\($0.via.joined(separator: ", ")))" }
  }

  package var remedies: [Remedy] {
    [.words("change what names it first; nothing else will stop the deletion")]
  }
}
