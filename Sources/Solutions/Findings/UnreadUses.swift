package struct UnreadUses: FindingContent {
  package static let kind = FindingKind(
    "strata.unread-source",
    .warning,
    .inferred("DP-201"),
    "What cannot be read may use what is deleted."
  )

  struct Unread: Equatable, Sendable {
    let component: NamedComponent
    let solution: SolutionName
    let source: UnreadSource
  }

  let solution: SolutionName
  let unread: [Unread]

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "what is deleted may be in use: \(unread.count == 1 ? "one definition" : "\(unread.count) definitions") cannot be read"
  }

  package var because: [Phrase] {
    unread.map {
      "\($0.component) of \($0.solution): \($0.source.place), \($0.source.reason)"
    }
  }

  package var remedies: [Remedy] { [.words("look yourself whether they name what goes")] }
}
