/// What the user chooses beside the packages.
package struct PlanOptions: Sendable {
  /// Which way a higher version comes in; `auto` is the default of every surface.
  package enum Choice: String, CaseIterable, Sendable {
    case auto
    case upgrade
    case stage
    case update
  }

  package var choice: Choice
  /// Needs that neither package nor target meets are taken as met.
  package var assumesPresent: Bool
  /// Needs that are not met refuse the plan; without it they are a warning (packages alone, contract).
  package var isStrict: Bool
  package var counts: RowCounts

  package init(
    choice: Choice = .auto,
    assumesPresent: Bool = false,
    isStrict: Bool = false,
    counts: RowCounts = RowCounts()
  ) {
    self.choice = choice
    self.assumesPresent = assumesPresent
    self.isStrict = isStrict
    self.counts = counts
  }
}
