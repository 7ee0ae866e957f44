package struct ManagedComponent: FindingContent {
  package static let kind = FindingKind(
    "0x8004F013",
    .error,
    "LY-1308",
    "Only what is unmanaged can be deleted on its own."
  )

  let component: NamedComponent
  /// Whose the base layer is.
  let base: SolutionName
  let hasActiveLayer: Bool

  package var subject: Subject { .component(component) }

  package var text: Phrase { "\(component) is managed and cannot be deleted on its own" }

  package var because: [Phrase] {
    ["its base layer is \(base == .system ? "the system's" : "that of \(base)" as Phrase)"]
  }

  package var remedies: [Remedy] {
    if hasActiveLayer { return [.reset(component)] }
    return base == .system ? [] : [.upgrade(base, without: .componentAlone)]
  }
}
