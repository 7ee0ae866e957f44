package struct PartOfOthers: FindingContent {
  package static let kind = FindingKind(
    "0x8004F01F",
    .error,
    .inferred("DP-102"),
    "A part that another solution brought stands in the way of its whole."
  )

  let part: NamedComponent
  /// nil where it is the part itself that is to go.
  let whole: NamedComponent?
  let owner: SolutionName
  let cause: Dropping.Cause
  /// Whether an environment told of it, and no package.
  package var isTold = false

  package var subject: Subject { .component(whole ?? part) }

  package var text: Phrase {
    "\(whole ?? part) cannot be deleted: solution \(owner) has added to it"
  }

  package var because: [Phrase] {
    [
      Phrase(cause.reason.text),
      "\(part) is part of it and belongs to \(owner)\(isTold ? " (reported by the environment, not by a package)" : "")",
    ]
  }

  package var remedies: [Remedy] { [.upgrade(owner, without: .component)] }
}
