package struct ControlPrefix: FindingContent {
  package static let kind = FindingKind(
    "strata.control-prefix",
    .error,
    "LC-103",
    "A code component that a package brings first is named with its publisher's prefix."
  )

  let control: NamedComponent
  let prefix: String
  let publisherPrefix: String

  package var subject: Subject { .component(control) }

  package var text: Phrase {
    "the prefix \(prefix) of \(control) is not the prefix \(publisherPrefix) of the solution's publisher"
  }

  package var remedies: [Remedy] {
    [
      .words("build the component with the publisher's prefix"),
      .words("put it in a solution of its own publisher"),
    ]
  }
}
