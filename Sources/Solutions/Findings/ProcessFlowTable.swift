package struct ProcessFlowTable: FindingContent {
  package static let kind = FindingKind(
    "0x80060440",
    .error,
    "PF-604",
    "An active process flow keeps its instances in a table of its own."
  )

  let process: NamedComponent
  let table: String

  package var subject: Subject { .component(process) }

  package var text: Phrase { "\(process) is a process flow without its table" }

  package var because: [Phrase] { ["Entity \(table) is neither in the package nor in the target"] }

  package var remedies: [Remedy] {
    [.words("add the table of the process flow to the solution and export it again")]
  }
}
