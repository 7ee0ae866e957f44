package struct OtherConnector: FindingContent {
  package static let kind = FindingKind(
    "strata.other-connector",
    .error,
    .inferred("LC-604"),
    "The connection of a connection reference is one of its connector."
  )

  let reference: NamedComponent
  let given: String
  let wanted: String

  package var subject: Subject { .component(reference) }

  package var text: Phrase { "\(reference) is for \(wanted), and the settings file says \(given)" }

  package var remedies: [Remedy] { [.words("name a connection of \(wanted)")] }
}
