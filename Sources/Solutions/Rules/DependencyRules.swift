extension RuleText {
  /// Of what needs what.
  static let dependencies: [RuleText] = [
    RuleText(
      "DP-101",
      "A dependency leads from the component that needs another to the one that it needs.",
      "alm/dependency-tracking-solution-components"
    ),
    RuleText(
      "DP-102",
      "Dependencies are of several types: by the system's making, by publication, and those that drafts have.",
      "entity-ref/dependency"
    ),
    RuleText(
      "DP-104",
      "Of each pair of components there is one dependency of one type.",
      "EC-mirror"
    ),
    RuleText(
      "DP-106",
      "A managed component depends on managed components or on the system's.",
      "alm/dependency-tracking-solution-components"
    ),
    RuleText(
      "DP-107",
      "Components and solutions that need each other in a circle cannot come in one after the other.",
      "error-codes"
    ),
    RuleText(
      "DP-201",
      "Only what the topmost layer says counts as a use.",
      "alm/removing-dependencies"
    ),
    RuleText("DP-202", "Where layers merge, what counts is the merged result.", "inferred"),
    RuleText("DP-204", "A reference to what is nowhere refuses the operation.", "EC-mirror"),
    RuleText(
      "DP-205",
      "Drafts have uses of their own, which become real with publication.",
      "alm/dependency-tracking-solution-components; inferred"
    ),
    RuleText(
      "DP-304",
      "What a package lists as needed has to be in the package or in the target.",
      "alm/check-solution-dependencies"
    ),
    RuleText("DP-305", "What a managed package needs has to be managed in the target.", "inferred"),
    RuleText(
      "DP-307",
      "References that a package does not list and that lead nowhere are found when it is applied.",
      "EC-mirror"
    ),
    RuleText(
      "DP-435",
      "A component that goes may not be in use outside of what goes with it.",
      "alm/removing-dependencies"
    ),
    RuleText(
      "DP-500",
      "Some uses are not tracked and stop no deletion; privileges go with their table.",
      "alm/dependency-tracking-solution-components; inferred"
    ),
    RuleText(
      "DP-301",
      "An export lists what its components need, and neither it nor the platform has; it only warns.",
      "alm/dependency-tracking-solution-components; inferred"
    ),
    RuleText(
      "DP-303",
      "`Active` stands for what was unmanaged where it was exported.",
      "samples"
    ),
    RuleText("DP-420", "What goes takes its parts along.", "alm/removing-dependencies"),
    RuleText(
      "DP-430",
      "What goes is checked for uses, and goes in an order that leaves no use behind.",
      "alm/removing-dependencies"
    ),
    RuleText(
      "DP-440",
      "What people added to a managed table has to be looked at before the table goes.",
      "alm/removing-dependencies; inferred"
    ),
    RuleText(
      "DP-501",
      "Which references are tracked depends on the kind.",
      "alm/dependency-tracking-solution-components; inferred"
    ),
    RuleText(
      "DP-700",
      "A refusal names what can be done.",
      "alm/removing-dependencies; support"
    ),
    RuleText("DP-900", "What comes up from below may name what is gone.", "inferred"),
  ]
}
