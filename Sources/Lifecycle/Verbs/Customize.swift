internal import SolutionStore
package import Solutions

extension Request {
  /// Work on the unmanaged layer; what changes is listed in the solution, if one is named, and is a draft unless it is
  /// published at once.
  package static func customizing(
    _ customization: Customization,
    in solution: SolutionName?,
    publishes: Bool = false
  ) -> Request {
    Request(Customize(customization: customization, solution: solution, publishes: publishes))
  }
}

/// See `Request.customizing`.
private struct Customize: Verb {
  let customization: Customization
  let solution: SolutionName?
  let publishes: Bool

  var name: String { "customize" }

  var title: String {
    switch customization {
    case .set, .patch: "customize \(customization.components.listed)"
    case .remove: "remove \(customization.components.listed)"
    case .reset: "remove the unmanaged layer of \(customization.components.listed)"
    }
  }

  func plan(_ store: StoreReader) throws -> Planned {
    var options = PlanOptions(publishes: publishes)
    let (plan, state) = try store.plan(changing: customization.components) { state in
      self.plan(on: state, kinds: store.kinds, options)
    }
    guard let trashed = try store.trashed(plan.given) else { return (plan, state) }
    // What is made by hand is new; what it is called like is said.
    options.dropped = .left(trashed)
    return (self.plan(on: state, kinds: store.kinds, options), state)
  }

  private func plan(
    on state: InstalledState,
    kinds: ComponentKinds,
    _ options: PlanOptions
  ) -> Plan {
    Plan.customizing(customization, in: solution, on: state, kinds: kinds, options: options)
  }
}

extension StoreReader {
  /// A plan of changes by hand: what they name is known when it has been planned once.
  func plan(
    changing ids: Set<ComponentID>,
    _ plan: (InstalledState) -> Plan
  ) throws -> (plan: Plan, before: InstalledState) {
    let named = plan(try snapshot(changing: ids)).named(by: kinds)
    let state = try snapshot(changing: ids, among: named)
    return (plan(state), state)
  }
}
