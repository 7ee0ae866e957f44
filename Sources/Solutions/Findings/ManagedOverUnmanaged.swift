package struct ManagedOverUnmanaged: FindingContent {
  package static let kind = FindingKind(
    "0x80048040",
    .error,
    "LC-341",
    "A managed package does not come over an unmanaged solution."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "\(solution) is installed as an unmanaged solution and the package is managed"
  }

  package var remedies: [Remedy] {
    [.words("delete the unmanaged solution first; its components stay")]
  }
}
