internal import SolutionStore
package import Solutions

extension Request {
  /// An unmanaged solution and its patches become one; see `Plan.cloningSolution`.
  package static func cloningSolution(
    _ name: SolutionName,
    version: SolutionVersion? = nil,
    displayName: String? = nil
  ) -> Request {
    Request(CloneSolution(solution: name, version: version, displayName: displayName))
  }
}

/// See `Request.cloningSolution`.
private struct CloneSolution: Verb {
  let solution: SolutionName
  let version: SolutionVersion?
  let displayName: String?

  var name: String { "clone" }

  var title: String { "clone of \(solution) with its patches" }

  func title(of plan: Plan) -> String? {
    let moves = plan.solutions.map(\.title)
    return moves.isEmpty ? nil : "\(title): \(moves.joined(separator: ", "))"
  }

  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.snapshot(and: [solution])
    let plan = Plan.cloningSolution(
      solution,
      version: version,
      displayName: displayName,
      on: state,
      kinds: store.kinds
    )
    return (plan, state)
  }
}
