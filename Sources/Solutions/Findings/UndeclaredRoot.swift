package struct UndeclaredRoot: FindingContent {
  package static let kind = FindingKind(
    "0x8004803A",
    .error,
    "PF-903",
    "What is defined at the top of a package is declared as a root component."
  )

  let component: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "the \(component.title.lowercased()) is defined and not declared as a root component"
  }

  package var remedies: [Remedy] { [.words("use the package as exported")] }
}
