internal import SolutionStore
package import Solutions

extension Request {
  /// What lies in the trash under these numbers goes for good, with what lies in it.
  package static func purgeTrash(_ ids: [Incarnation.ID]) -> Request {
    Request(PurgeTrash(ids: ids))
  }
}

/// See `Request.purgeTrash`.
private struct PurgeTrash: Verb {
  let ids: [Incarnation.ID]

  var name: String { "trash-purge" }

  var title: String { "purge trash \(ids.sorted().map(String.init).joined(separator: ", "))" }

  func plan(_ store: StoreReader) throws -> Planned {
    let trash = try store.trash()
    for id in ids where !trash.contains(where: { $0.id == id }) { throw StoreError.noSuchTrash(id) }
    let state = try store.part([])
    return (Plan.purgingTrash(Set(ids), among: trash, on: state, kinds: store.kinds), state)
  }
}
