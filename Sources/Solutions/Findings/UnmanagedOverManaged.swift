package struct UnmanagedOverManaged: FindingContent {
  package static let kind = FindingKind(
    "0x80048041",
    .error,
    "LC-341",
    "An unmanaged package does not come over a managed solution."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "\(solution) is installed as a managed solution and the package is unmanaged"
  }

  package var remedies: [Remedy] {
    [.words("import the managed package"), .words("use another unique name")]
  }
}
