internal import SolutionStore
package import Solutions

extension Request {
  /// An empty unmanaged solution; see `Plan.makingSolution`.
  package static func makingSolution(
    _ name: SolutionName,
    of publisher: PublisherName,
    version: SolutionVersion? = nil,
    displayName: String? = nil
  ) -> Request {
    Request(
      NewSolution(
        solution: name,
        publisher: publisher,
        version: version,
        displayName: displayName
      )
    )
  }
}

/// See `Request.makingSolution`.
private struct NewSolution: Verb {
  let solution: SolutionName
  let publisher: PublisherName
  let version: SolutionVersion?
  let displayName: String?

  var name: String { "new" }

  var title: String { "solution \(solution)" }

  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.snapshot(and: [solution])
    let plan = Plan.makingSolution(
      solution,
      of: publisher,
      version: version,
      displayName: displayName,
      on: state,
      kinds: store.kinds
    )
    return (plan, state)
  }
}
