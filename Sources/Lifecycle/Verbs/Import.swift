internal import SolutionStore
package import Solutions

extension Request {
  /// Packages come in, as one plan.
  package static func importing(_ archives: [Archive], _ options: PlanOptions) -> Request {
    Request(Import(archives: archives, options: options))
  }
}

/// See `Request.importing`.
private struct Import: Verb {
  let archives: [Request.Archive]
  let options: PlanOptions

  var name: String { options.allowsLowerVersion ? "downgrade" : "import" }

  var title: String {
    (options.allowsLowerVersion ? "downgrade to " : "import ")
      + archives.map { "\($0.package.name) \($0.package.manifest.version)" }.joined(separator: ", ")
  }

  func title(of plan: Plan) -> String? { plan.packagesTitle }

  func plan(_ store: StoreReader) throws -> Planned {
    let kinds = store.kinds
    let packages = archives.map(\.package)
    let drafts = options.publishes ? try store.drafts() : []
    let state = try store.snapshot(for: packages, changing: drafts)
    let plan = Plan.importing(packages, on: state, kinds: kinds, options: options)
    guard options.dropped != .unasked, let trashed = try store.trashed(plan.given) else {
      return (plan, state)
    }
    var informed = options
    informed.dropped = options.dropped.with(trashed)
    return (Plan.importing(packages, on: state, kinds: kinds, options: informed), state)
  }
}
