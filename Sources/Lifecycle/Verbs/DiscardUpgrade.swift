internal import SolutionStore
package import Solutions

extension Request {
  /// The staged version of a solution is given up.
  package static func discardUpgrade(_ name: SolutionName) -> Request {
    Request(DiscardUpgrade(solution: name))
  }
}

/// See `Request.discardUpgrade`.
private struct DiscardUpgrade: Verb {
  let solution: SolutionName

  var name: String { "discard-upgrade" }

  var title: String { "discard upgrade of \(solution)" }

  func title(of plan: Plan) -> String? { plan.packagesTitle }

  func promise(_ store: StoreReader) throws -> StatePromise? {
    try store.promise(ofDiscarding: solution)
  }

  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.snapshot(and: [solution])
    return (Plan.discardingUpgrade(of: solution, on: state, kinds: store.kinds), state)
  }
}
