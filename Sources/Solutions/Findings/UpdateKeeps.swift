package struct UpdateKeeps: FindingContent {
  package static let kind = FindingKind(
    "strata.update-keeps",
    .warning,
    "LC-403",
    "An update deletes nothing: what the new version no longer has stays, which is why it is not recommended."
  )

  let solution: SolutionName
  let version: SolutionVersion
  /// Each alone, or a whole with the number of its parts that stay with it.
  let kept: [Kept]

  package struct Kept: Equatable, Sendable {
    let component: NamedComponent
    let parts: Int
  }

  package var subject: Subject { .solution(solution) }

  private var count: Int { kept.map { $0.parts + 1 }.reduce(0, +) }

  package var text: Phrase {
    "the update keeps \(several(count, "component")) that \(solution) \(version) no longer has"
  }

  package var because: [Phrase] {
    kept.map { kept in
      kept.parts == 0
        ? "\(kept.component) stays"
        : "\(kept.component) stays with \(several(kept.parts, "part")) of it"
    }
  }

  package var remedies: [Remedy] {
    [
      .words(
        "upgrade instead, which is recommended: what is kept here goes, and the target is like the source"
      )
    ]
  }
}
