package struct OtherVersionThere: FindingContent {
  package static let kind = FindingKind(
    "strata.other-version-there",
    .error,
    .inferred("strata.facts"),
    "A plan starts from packages that are what the environment has."
  )

  /// What a package, or the environment, says of the solution.
  struct Edition: Equatable, Sendable {
    let version: SolutionVersion
    let isManaged: Bool
    let publisher: PublisherName

    var form: Phrase { isManaged ? "managed" : "unmanaged" }
  }

  let solution: SolutionName
  let given: Edition
  /// nil where the environment does not have it.
  let there: Edition?
  let at: Timestamp

  package var isTold: Bool { true }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    let given: Phrase = "\(solution) \(given.version) is given as installed"
    guard let there else { return "\(given), and the environment does not have it" }
    if there.version != self.given.version {
      return "\(given), and the environment has \(there.version)"
    }
    if there.isManaged != self.given.isManaged {
      return "\(given) and \(self.given.form), and the environment has it \(there.form)"
    }
    return
      "\(given), from the publisher \(self.given.publisher), and the environment has it from \(there.publisher)"
  }

  package var because: [Phrase] { ["reported by the environment at \(at.rowText)"] }

  package var remedies: [Remedy] {
    guard let there else { return [.words("leave the package out")] }
    if there.version != given.version {
      return [.words("give the package of version \(there.version)")]
    }
    if there.isManaged != given.isManaged {
      return [.words("give the \(there.form) package")]
    }
    return [.words("give the package of the publisher \(there.publisher)")]
  }
}
