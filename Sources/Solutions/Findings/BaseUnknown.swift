package struct BaseUnknown: FindingContent {
  package static let kind = FindingKind(
    "strata.base-unknown",
    .info,
    .inferred("LY-311"),
    "Where the base of a form, site map or app is not known, only what differences say can be told."
  )

  /// By address, each once.
  let components: [NamedComponent]

  package var subject: Subject { .plan }

  package var text: Phrase {
    components.count == 1
      ? "the base of \(address: components[0]) is not known here: what is told of it is what differences say"
      : "the bases of \(components.count) forms, site maps or apps are not known here: what is told of them is what "
        + "differences say"
  }

  package var because: [Phrase] { components.count == 1 ? [] : components.lines }
}
