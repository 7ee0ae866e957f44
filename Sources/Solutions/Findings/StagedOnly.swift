package struct StagedOnly: FindingContent {
  package static let kind = FindingKind(
    "0x8004F036",
    .warning,
    .inferred("DP-204"),
    "What a staged version alone has may be named before it is applied, and is nowhere when the stage is given up."
  )

  let component: NamedComponent
  let target: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase { "\(component) names \(target), which only the staged version has" }

  package var because: [Phrase] { ["it did so before the stage, too"] }

  package var remedies: [Remedy] { [.words("import a version in which both are there")] }
}
