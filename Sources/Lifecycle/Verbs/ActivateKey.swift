internal import SolutionStore
package import Solutions

extension Request {
  /// Makes the index of an alternate key that failed.
  package static func activateKey(_ id: ComponentID) -> Request { Request(ActivateKey(id: id)) }
}

/// See `Request.activateKey`.
private struct ActivateKey: Verb {
  let id: ComponentID

  var name: String { "activate-key" }

  var title: String { "activate the key \(id.key)" }

  func plan(_ store: StoreReader) throws -> Planned {
    let table = id.tableAndColumn.map { ComponentID.entity($0.table) }
    let state = try store.part(Set([id, table].compactMap { $0 }))
    return (Plan.activatingKey(id, on: state, kinds: store.kinds), state)
  }
}
