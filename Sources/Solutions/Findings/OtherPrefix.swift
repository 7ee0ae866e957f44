package struct OtherPrefix: FindingContent {
  package static let kind = FindingKind(
    "0x80044366",
    .error,
    "LC-103",
    "What is made in a solution is named with the prefix of its publisher."
  )

  let component: NamedComponent
  /// Without its table.
  let name: String
  let solution: SolutionName
  /// Without the underscore.
  let prefix: String

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "“\(name)” does not begin with \(prefix)_, the prefix of the publisher of \(solution)"
  }

  package var remedies: [Remedy] {
    let own = name.firstIndex(of: "_").map { name[$0...] } ?? "_\(name)"
    return [.words("call it \(prefix)\(own)"), .words("name a solution of another publisher")]
  }
}
