package struct TableNameShared: FindingContent {
  package static let kind = FindingKind(
    "strata.table-name",
    .error,
    .inferred("PF-420"),
    "Two components do not keep their rows in one table."
  )

  let component: NamedComponent
  /// Logical name.
  let table: String
  /// Who else has it; nil for a table of the system.
  let holder: NamedComponent?

  package init(component: NamedComponent, table: String, holder: NamedComponent?) {
    self.component = component
    self.table = table
    self.holder = holder
  }

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "\(component) keeps its rows in a table “\(table)”, and there is one of that name already"
  }

  package var because: [Phrase] {
    [holder.map { "it is that of \($0)" } ?? "it is one of the system's"]
  }

  package var remedies: [Remedy] {
    [.words("give the relationship another IntersectEntityName, or the table another name")]
  }
}
