/// A part is listed below its whole.
package struct SubcomponentWithoutRoot: FindingContent {
  package static let kind = FindingKind(
    "0x80048536",
    .error,
    "LC-111",
    "A solution lists a part of something only where it lists that, too."
  )

  let component: NamedComponent
  let whole: NamedComponent
  let solution: SolutionName

  package var subject: Subject { .component(component) }

  package var text: Phrase { "\(component) is a part of \(whole), which \(solution) does not list" }

  package var remedies: [Remedy] { [.list(whole, in: solution)] }
}
