package struct LayersAbove: FindingContent {
  package static let kind = FindingKind(
    "strata.base-layer",
    .error,
    "LY-1204",
    "A base layer with layers of other publishers over it cannot go."
  )

  struct Other: Equatable, Sendable {
    let solution: SolutionName
    let publisher: PublisherName
    /// Whether an environment told of it, and no package.
    var isTold = false
  }

  let component: NamedComponent
  let cause: Dropping.Cause
  /// Bottom first, never empty.
  let others: [Other]

  package var isTold: Bool { others.contains(where: \.isTold) }

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "\(component) cannot go: its base layer belongs to \(cause.solution), and managed layers of other publishers lie over it"
  }

  package var because: [Phrase] {
    [Phrase(cause.reason.text)]
      + others.map { other in
        let told = other.isTold ? " (reported by the environment, not by a package)" : ""
        return
          "solution \(other.solution) of publisher \(other.publisher) has a layer over it\(told)"
      }
  }

  package var remedies: [Remedy] {
    others.prefix(1).map { .upgrade($0.solution, without: .component) }
  }
}
