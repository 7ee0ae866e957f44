package struct DependsOnUnmanaged: FindingContent {
  package static let kind = FindingKind(
    "0x8004803B",
    .error,
    "DP-106",
    "A managed component cannot depend on an unmanaged one."
  )

  let component: NamedComponent
  let target: NamedComponent
  /// Where it names it, sorted.
  let via: [String]

  package var subject: Subject { .component(component) }

  package var text: Phrase { "\(component) would depend on \(target), which is unmanaged here" }

  package var because: [Phrase] { ["it names it: \(via.joined(separator: ", "))"] }

  package var remedies: [Remedy] { [.words("install the solution that brings it managed first")] }
}
