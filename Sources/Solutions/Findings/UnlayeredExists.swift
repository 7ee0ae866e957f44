package struct UnlayeredExists: FindingContent {
  package static let kind = FindingKind(
    "0x8004F016",
    .error,
    "C-3",
    "Kinds without an unmanaged layer cannot come over an unmanaged component."
  )

  let component: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "\(component) exists unmanaged, and this kind has no unmanaged layer over a managed base"
  }

  package var remedies: [Remedy] { [.words("delete the unmanaged one first")] }
}
