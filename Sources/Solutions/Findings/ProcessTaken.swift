package struct ProcessTaken: FindingContent {
  package static let kind = FindingKind(
    "0x80048028",
    .error,
    .inferred("LC-602"),
    "The id of a process is that of one process."
  )

  let process: NamedComponent
  /// As the package calls it.
  let name: String
  let owner: SolutionName
  /// `Name: old → new`.
  let moved: [String]

  package var subject: Subject { .component(process) }

  package var text: Phrase { "the id of \(name) is already that of another process, of \(owner)" }

  package var because: [Phrase] { moved.map { Phrase($0) } }

  package var remedies: [Remedy] {
    [.words("create the process again in its environment, so that it has an id of its own")]
  }
}
