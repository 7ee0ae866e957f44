/// A managed package holds forms and site maps of others as differences, which need to be compared with something.
package struct NoBaseToExport: FindingContent {
  package static let kind = FindingKind(
    "strata.no-base-to-export",
    .error,
    "LY-502",
    "A managed package holds forms, site maps and apps of others as differences. What they differ from is not known here, and a whole form would replace its owner's."
  )

  let solution: SolutionName
  let components: [NamedComponent]

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "\(solution) changes what somebody else brings and this environment does not know, so that there is no difference to export"
  }

  package var because: [Phrase] { components.lines }

  package var remedies: [Remedy] {
    [.words("import the managed solution that brings them, or export unmanaged")]
  }
}
