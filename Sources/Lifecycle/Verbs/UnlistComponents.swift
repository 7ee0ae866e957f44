internal import SolutionStore
package import Solutions

extension Request {
  /// Components that an unmanaged solution lists no longer; see `Plan.unlisting`.
  ///
  /// - Throws, when it is planned: `PackageError` where a package of the solution that is kept cannot be read.
  package static func unlisting(_ ids: Set<ComponentID>, from solution: SolutionName) -> Request {
    Request(UnlistComponents(ids: ids, solution: solution))
  }
}

/// See `Request.unlisting`.
private struct UnlistComponents: Verb {
  let ids: Set<ComponentID>
  let solution: SolutionName

  var name: String { "components" }

  var title: String { "remove \(ids.listed) from \(solution)" }

  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.snapshot(and: [solution], changing: ids)
    let plan = Plan.unlisting(
      ids,
      from: solution,
      reading: try store.readBehaviors(of: solution, on: state),
      on: state,
      kinds: store.kinds
    )
    return (plan, state)
  }
}
