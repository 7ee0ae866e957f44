/// A table that is listed with all its parts would still bring this one.
package struct ListedWithTable: FindingContent {
  package static let kind = FindingKind(
    "strata.listed-with-table",
    .error,
    .inferred("LC-114"),
    "A part of a table that a solution lists with all its parts stays in it."
  )

  let component: NamedComponent
  let table: NamedComponent
  let solution: SolutionName

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "\(solution) lists \(table) with all its parts, and \(component) is one of them"
  }

  package var remedies: [Remedy] { [.narrow(table, in: solution)] }
}
