internal import SolutionStore
package import Solutions

extension Request {
  /// A solution goes, with its patches.
  package static func uninstall(_ name: SolutionName) -> Request {
    Request(Uninstall(solution: name))
  }
}

/// See `Request.uninstall`.
private struct Uninstall: Verb {
  let solution: SolutionName

  var name: String { "uninstall" }

  var title: String { "uninstall \(solution)" }

  func title(of plan: Plan) -> String? { plan.packagesTitle }

  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.snapshot(and: [solution])
    return (Plan.uninstalling(solution, on: state, kinds: store.kinds), state)
  }
}
