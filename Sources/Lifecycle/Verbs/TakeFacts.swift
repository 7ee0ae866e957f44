internal import SolutionStore
package import Solutions

extension Request {
  /// What a live environment told, with the packages that are known of it, in the order in which they came: the first
  /// operation of an environment.
  package static func taking(_ facts: Facts, with archives: [Archive]) -> Request {
    Request(TakeFacts(facts: facts, archives: archives))
  }
}

/// See `Request.taking`.
private struct TakeFacts: Verb {
  let facts: Facts
  let archives: [Request.Archive]

  var name: String { "facts" }

  var title: String { "facts of \(facts.url.shown(200)), \(facts.at.rowText)" }

  /// - Throws: `ToldInstallingError` for a package that cannot be taken as installed, `StoreError.stale` where something
  ///   was done before.
  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.whole()
    guard state.revision == 0 else { throw StoreError.stale(planned: 0, now: state.revision) }
    let told = try InstalledState.installing(
      archives.map(\.package),
      among: facts,
      on: state,
      kinds: store.kinds
    )
    return (Plan.taking(told, on: state, kinds: store.kinds), state)
  }
}
