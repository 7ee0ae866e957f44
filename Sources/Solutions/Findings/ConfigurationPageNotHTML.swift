package struct ConfigurationPageNotHTML: FindingContent {
  package static let kind = FindingKind(
    "0x8004701C",
    .error,
    "LC-121",
    "The configuration page of a solution is a web page."
  )

  let solution: SolutionName
  let page: String

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "the configuration page “\(page.shown(100))” is a web resource, and no web page"
  }

  package var remedies: [Remedy] {
    [
      .words(
        "name a web resource of the type web page, or take ConfigurationPage out of solution.xml"
      )
    ]
  }
}
