package struct MissingPart: FindingContent {
  package static let kind = FindingKind(
    "strata.missing-part",
    .error,
    "PF-1102",
    "The files that a component names are in the package."
  )

  let component: NamedComponent
  let path: String

  package init(component: NamedComponent, path: String) {
    self.component = component
    self.path = path
  }

  package var subject: Subject { .component(component) }

  package var text: Phrase { "the package has no file “\(path)”" }

  package var remedies: [Remedy] { [.words("use the package as exported")] }
}
