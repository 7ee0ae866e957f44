/// What an exported solution needs and does not hold has to be in the target; the package lists it.
package struct ExportNeeds: FindingContent {
  package static let kind = FindingKind(
    "strata.export-needs",
    .warning,
    "DP-301",
    "A component names others that the solution does not list, and the target has to have them. The package lists them as missing dependencies."
  )

  let solution: SolutionName
  /// Each with who has it here: a managed solution, or `Active`.
  let needs: [Need]

  struct Need: Equatable, Sendable {
    let component: NamedComponent
    let provider: String
  }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "the package needs \(needs.count.counted("component")) that \(solution) does not hold"
  }

  package var because: [Phrase] { needs.map { "\($0.component), of \($0.provider)" } }

  package var remedies: [Remedy] {
    [.words("add them to the solution, or install what has them in the target first")]
  }
}
