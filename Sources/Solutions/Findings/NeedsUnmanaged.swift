package struct NeedsUnmanaged: FindingContent {
  package static let kind = FindingKind(
    "0x8004803B",
    .error,
    .inferred("DP-305"),
    "What a managed package says it needs has to be managed in the target."
  )

  let component: NamedComponent
  /// What needs it, by kind and name.
  let dependent: String

  package var subject: Subject { .component(component) }

  package var text: Phrase { "the package needs \(component), which is unmanaged here" }

  package var because: [Phrase] { ["\(dependent) depends on it"] }

  package var remedies: [Remedy] { [.words("install the solution that brings it managed first")] }
}
