package struct CircularPackages: FindingContent {
  package static let kind = FindingKind(
    "0x80071157",
    .error,
    "DP-107",
    "Packages that need each other cannot come in one after the other."
  )

  /// Each needs the next, and the last the first; never empty.
  let circle: [SolutionName]

  package var subject: Subject { circle.first.map { .solution($0) } ?? .plan }

  package var text: Phrase {
    "\(circle.count) of the packages need each other, so none of them can come first: "
      + Phrase(circle.map(\.text).joined(separator: ", "))
  }

  package var because: [Phrase] {
    zip(circle, circle.dropFirst() + circle.prefix(1)).map { "\($0) needs \($1)" }
  }

  package var remedies: [Remedy] {
    [.words("move the components that both need into a solution of their own")]
  }
}
