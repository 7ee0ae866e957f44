package struct KeptWithTable: FindingContent {
  package static let kind = FindingKind(
    "0x80047002",
    .warning,
    "LC-500",
    "What the platform made with a table stays with it, also when a new version leaves it out."
  )

  let solution: SolutionName
  let version: SolutionVersion
  /// By address.
  let components: [NamedComponent]

  package var subject: Subject { .one(of: components, else: .solution(solution)) }

  package var text: Phrase {
    components.count == 1
      ? "\(components[0]) is not in \(solution) \(version) and stays: it goes with its table only"
      : "\(components.count) components that the platform made with their tables are not in \(solution) \(version) "
        + "and stay: they go with their tables only"
  }

  package var because: [Phrase] { components.count == 1 ? [] : components.lines }

  package var remedies: [Remedy] { [.words("export the table with all its objects")] }
}
