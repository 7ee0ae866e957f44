internal import SolutionStore
package import Solutions

extension Request {
  /// The staged version of a solution takes the place of the base and its patches.
  package static func applyUpgrade(_ name: SolutionName) -> Request {
    Request(ApplyUpgrade(solution: name))
  }
}

/// See `Request.applyUpgrade`.
private struct ApplyUpgrade: Verb {
  let solution: SolutionName

  var name: String { "apply-upgrade" }

  var title: String { "apply upgrade of \(solution)" }

  func title(of plan: Plan) -> String? { plan.packagesTitle }

  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.snapshot(and: [solution])
    return (Plan.applyingUpgrade(of: solution, on: state, kinds: store.kinds), state)
  }
}
