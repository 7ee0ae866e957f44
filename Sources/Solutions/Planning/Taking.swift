extension Plan {
  /// An environment begins with what a live one told, and with what packages say of it.
  ///
  /// - Parameters:
  ///   - told: packages among facts (`InstalledState.installing(_:among:)`).
  ///   - state: with nothing in it.
  package static func taking(
    _ told: InstalledState,
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    // What is only taken to be there is so by the facts.
    planner.step.restReach = nil
    planner.tellContradictions(in: told)
    planner.restore(told, Reason("the live environment has it", rule: "strata.facts"))
    var plan = planner.plan()
    plan.facts = told.facts.map { FactsOrigin($0.facts) }
    return plan
  }
}
