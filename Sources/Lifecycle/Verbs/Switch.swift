internal import SolutionStore
package import Solutions

extension Request {
  /// Steps and processes are switched on or off.
  package static func switching(_ ids: [ComponentID], on isOn: Bool) -> Request {
    Request(Switch(ids: Set(ids), isOn: isOn))
  }
}

/// See `Request.switching`.
private struct Switch: Verb {
  let ids: Set<ComponentID>
  let isOn: Bool

  var name: String { isOn ? "activate" : "deactivate" }

  var title: String { "\(name) \(ids.listed)" }

  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.surroundings(of: ids)
    return (Plan.switching(ids, on: isOn, state: state, kinds: store.kinds), state)
  }
}
