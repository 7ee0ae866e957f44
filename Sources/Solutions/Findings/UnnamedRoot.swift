package struct UnnamedRoot: FindingContent {
  package static let kind = FindingKind(
    "strata.no-identity",
    .warning,
    "PF-210",
    "A root component names a type and a component."
  )

  package init() {}

  package var subject: Subject { .entry("RootComponent") }

  package var text: Phrase { "a root component names neither a known type nor a component" }
}
