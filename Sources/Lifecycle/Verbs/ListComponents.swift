internal import SolutionPackages
internal import SolutionStore
package import Solutions

extension Request {
  /// Components that an unmanaged solution lists from now on; see `Plan.listing`.
  ///
  /// - Throws, when it is planned: `PackageError` where a package of the solution that is kept cannot be read.
  package static func listing(
    _ ids: Set<ComponentID>,
    in solution: SolutionName,
    behavior: RootComponent.Behavior? = nil,
    withRequired: Bool = false
  ) -> Request {
    Request(
      ListComponents(ids: ids, solution: solution, behavior: behavior, withRequired: withRequired)
    )
  }
}

/// See `Request.listing`.
private struct ListComponents: Verb {
  let ids: Set<ComponentID>
  let solution: SolutionName
  let behavior: RootComponent.Behavior?
  let withRequired: Bool

  var name: String { "components" }

  var title: String {
    "add \(ids.listed) to \(solution)\(behavior.map { ", tables with \($0.words)" } ?? "")"
      + (withRequired ? ", with what they need" : "")
  }

  func plan(_ store: StoreReader) throws -> Planned {
    var looked = ids
    while true {
      let (plan, state) = try plan(store, lookingAt: looked)
      // What comes along may need more, of which nothing has been read yet.
      let more = withRequired ? plan.listed(in: solution).subtracting(looked) : []
      guard !more.isEmpty else { return (plan, state) }
      looked.formUnion(more)
    }
  }

  private func plan(_ store: StoreReader, lookingAt looked: Set<ComponentID>) throws -> Planned {
    let state = try store.snapshot(and: [solution], changing: looked)
    let plan = Plan.listing(
      ids,
      in: solution,
      behavior: behavior,
      withRequired: withRequired,
      reading: try store.readBehaviors(of: solution, on: state),
      on: state,
      kinds: store.kinds
    )
    return (plan, state)
  }
}

extension Plan {
  /// What a solution lists when it has been performed; nothing where it does not change that.
  fileprivate func listed(in name: SolutionName) -> Set<ComponentID> {
    effects.reduce(into: []) { listed, effect in
      guard case .putSolution(let solution) = effect, solution.name == name else { return }
      listed = solution.members
    }
  }
}

extension StoreReader {
  /// What packages that are kept say of how a solution lists its tables, where nobody has said it since of some.
  func readBehaviors(
    of name: SolutionName,
    on state: InstalledState
  ) throws -> [ComponentID: RootComponent.Behavior] {
    guard let row = state.solutions[name], !row.isManaged,
      row.members.contains(where: { $0.type == .entity && row.behaviors[$0] == nil })
    else { return [:] }
    let reader = PackageReader(kinds: kinds)
    let packages = try keptArchives(of: name).map { try reader.read($0.bytes, file: $0.file) }
    return row.behaviors(reading: packages)
  }
}
