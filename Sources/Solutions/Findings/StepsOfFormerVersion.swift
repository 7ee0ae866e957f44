package struct StepsOfFormerVersion: FindingContent {
  package static let kind = FindingKind(
    "strata.steps-of-former-version",
    .warning,
    .inferred("LC-603"),
    "Steps of other solutions run on the version of a plug-in assembly that they name."
  )

  struct Step: Equatable, Sendable {
    let step: NamedComponent
    let solution: SolutionName
  }

  let assembly: NamedComponent
  let former: SolutionVersion
  let version: SolutionVersion
  let steps: [Step]

  package var subject: Subject { .component(assembly) }

  package var text: Phrase {
    "\(assembly) goes from \(former) to \(version), which is another assembly to the platform, and "
      + (steps.count == 1
        ? "1 step of another solution is registered on the former one"
        : "\(steps.count) steps of other solutions are registered on the former one")
  }

  package var because: [Phrase] {
    steps.map { "\($0.step) of \($0.solution)" }.sorted { $0.words < $1.words }
  }

  package var remedies: [Remedy] {
    [
      .words(
        "stage this version, bring those solutions to versions that name the new assembly, then apply the upgrade"
      )
    ]
  }
}
