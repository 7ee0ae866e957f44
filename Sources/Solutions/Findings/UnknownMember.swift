package struct UnknownMember: FindingContent {
  package static let kind = FindingKind(
    "strata.unknown-member",
    .error,
    .inferred("PF-402"),
    "What an export is to hold has to be known. Of what is only assumed to be present, tables alone can be listed, as a shell."
  )

  let component: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "\(component) is assumed to be present, and its definition is not known, so that no package could hold it"
  }

  package var remedies: [Remedy] {
    let first = Remedy.words("import a package that holds it first")
    return component.id.type == .entity ? [.words("add the table as a shell"), first] : [first]
  }
}
