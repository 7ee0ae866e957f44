package struct PluginTypeGone: FindingContent {
  package static let kind = FindingKind(
    "0x80048071",
    .error,
    "LC-223",
    "A plug-in type may go only when the major or minor version of its assembly changes."
  )

  let type: NamedComponent
  let assemblyVersion: SolutionVersion

  package var subject: Subject { .component(type) }

  package var text: Phrase {
    "the plug-in type \(type.name ?? type.id.key) is gone and its assembly is still version \(assemblyVersion)"
  }

  package var remedies: [Remedy] {
    [.words("raise the major or minor version of the assembly"), .words("keep the type")]
  }
}
