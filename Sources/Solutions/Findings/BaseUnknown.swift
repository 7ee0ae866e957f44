package struct BaseUnknown: FindingContent {
  package static let kind = FindingKind(
    "strata.base-unknown",
    .info,
    .inferred("LY-311"),
    "Where the base of a form, site map or app is not known, only the stated differences can be shown."
  )

  /// By address, each once.
  let components: [NamedComponent]

  package var subject: Subject { .plan }

  package var text: Phrase {
    components.count == 1
      ? "the base of \(address: components[0]) is not known here: the plan shows only the differences that are stated"
      : "the bases of \(components.count) forms, site maps or apps are not known here: the plan shows only the "
        + "differences that are stated"
  }

  package var because: [Phrase] { components.count == 1 ? [] : components.lines }
}
