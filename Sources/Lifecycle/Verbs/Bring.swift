internal import SolutionStore
package import Solutions

extension Request {
  /// What a readable file describes, made or changed until it is so; drafts unless they are published at once.
  ///
  /// - Parameter title: what histories call it; what the file describes where none is given.
  package static func bringing(
    to blueprint: Blueprint,
    publishes: Bool = false,
    title: String? = nil
  ) -> Request {
    let title = title ?? "bring \(blueprint.solution) to \(blueprint.file)"
    return Request(Bring(blueprint: blueprint, publishes: publishes, title: title))
  }
}

/// See `Request.bringing`.
private struct Bring: Verb {
  let blueprint: Blueprint
  let publishes: Bool
  let title: String

  var name: String { "customize" }

  func files(of plan: Plan) -> [KeptFile] { blueprint.files(of: plan) }

  func plan(_ store: StoreReader) throws -> Planned {
    let kinds = store.kinds
    let name = blueprint.solution
    // What it makes names more than the file.
    let seen = try store.snapshot(and: [name], changing: blueprint.components)
    let package = blueprint.package(on: seen, kinds: kinds)
    let state = try store.snapshot(
      for: [package],
      and: [name],
      changing: blueprint.components.union(package.members)
    )
    var options = PlanOptions(publishes: publishes)
    let plan = Plan.bringing(to: blueprint, on: state, kinds: kinds, options: options)
    guard let trashed = try store.trashed(plan.given) else { return (plan, state) }
    // What is made by hand is new; what it is called like is said.
    options.dropped = .left(trashed)
    return (Plan.bringing(to: blueprint, on: state, kinds: kinds, options: options), state)
  }
}
