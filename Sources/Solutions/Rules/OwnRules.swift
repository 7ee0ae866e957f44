extension RuleText {
  /// Of Strata itself.
  static let own: [RuleText] = [
    RuleText(
      "strata.trash",
      "What is dropped lies in the trash until it is purged, and comes back only as what it was.",
      "Strata's own"
    ),
    RuleText(
      "strata.rollback",
      "A rollback is an operation like any other; rows stay as they are.",
      "Strata's own"
    ),
  ]
}
