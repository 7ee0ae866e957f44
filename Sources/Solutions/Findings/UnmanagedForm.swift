package struct UnmanagedForm: FindingContent {
  package static let kind = FindingKind(
    "0x80040242",
    .error,
    "LY-533",
    "A difference turns no unmanaged form into a managed one."
  )

  let form: NamedComponent
  let solution: SolutionName

  package var subject: Subject { .component(form) }

  package var text: Phrase {
    "\(form) is unmanaged here, and \(solution) brings only a difference to it"
  }

  package var remedies: [Remedy] {
    [
      .words("import a package with the whole form"),
      .words("delete the unmanaged form first"),
    ]
  }
}
