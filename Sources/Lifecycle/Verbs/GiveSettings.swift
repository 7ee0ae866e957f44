internal import SolutionStore
package import Solutions

extension Request {
  /// The environment gets current values of variables and connections, or loses them.
  package static func giving(_ given: GivenSettings) -> Request {
    Request(GiveSettings(given: given))
  }
}

/// See `Request.giving`.
private struct GiveSettings: Verb {
  let given: GivenSettings

  var name: String { "settings" }

  var title: String { "settings of \(given.ids.listed)" }

  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.surroundings(of: given.ids)
    return (Plan.giving(given, on: state, kinds: store.kinds), state)
  }
}
