internal import SolutionStore
package import Solutions

extension Request {
  /// A new patch of an unmanaged solution; see `Plan.cloningPatch`.
  package static func cloningPatch(
    of parent: SolutionName,
    version: SolutionVersion? = nil,
    displayName: String? = nil
  ) -> Request {
    Request(ClonePatch(solution: parent, version: version, displayName: displayName))
  }
}

/// See `Request.cloningPatch`.
private struct ClonePatch: Verb {
  let solution: SolutionName
  let version: SolutionVersion?
  let displayName: String?

  var name: String { "clone" }

  var title: String { "patch of \(solution)" }

  func title(of plan: Plan) -> String? {
    guard let made = plan.solutions.first, let version = made.after else { return nil }
    return "\(title): \(made.name) \(version)"
  }

  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.snapshot(and: [solution])
    let plan = Plan.cloningPatch(
      of: solution,
      version: version,
      displayName: displayName,
      on: state,
      kinds: store.kinds
    )
    return (plan, state)
  }
}
