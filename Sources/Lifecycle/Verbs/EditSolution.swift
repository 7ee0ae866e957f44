internal import SolutionStore
package import Solutions

extension Request {
  /// Another display name of an unmanaged solution; see `Plan.editing`.
  package static func editing(_ solution: SolutionName, displayName: String) -> Request {
    Request(EditSolution(solution: solution, displayName: displayName))
  }
}

/// See `Request.editing`.
private struct EditSolution: Verb {
  let solution: SolutionName
  let displayName: String

  var name: String { "edit" }

  var title: String { "edit solution \(solution)" }

  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.snapshot(and: [solution])
    let plan = Plan.editing(
      solution,
      displayName: displayName,
      on: state,
      kinds: store.kinds
    )
    return (plan, state)
  }
}
