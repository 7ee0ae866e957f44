package struct PackagesOrdered: FindingContent {
  package static let kind = FindingKind(
    "strata.order",
    .info,
    .inferred("DP-304"),
    "What one package needs, or takes over from another, comes first."
  )

  /// `Name version`, in order.
  let packages: [String]

  package var subject: Subject { .plan }

  package var text: Phrase {
    "the packages are taken in this order: \(packages.joined(separator: ", "))"
  }

  package var because: [Phrase] { ["what one needs, or takes over from another, comes first"] }
}
