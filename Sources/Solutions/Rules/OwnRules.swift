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
    RuleText(
      "strata.facts",
      "What a live environment reported was so at that time; what it did not report is not known.",
      "Strata's own"
    ),
    RuleText(
      "strata.description",
      "A readable file says what it describes in words that are known; what it leaves out stays as it is.",
      "Strata's own"
    ),
  ]
}
