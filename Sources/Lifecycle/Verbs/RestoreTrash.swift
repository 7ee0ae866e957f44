internal import SolutionStore
package import Solutions

extension Request {
  /// Gives components the values that lie in the trash under these numbers, in one operation.
  package static func restoreTrash(_ ids: [Incarnation.ID]) -> Request {
    Request(RestoreTrash(ids: Set(ids).sorted()))
  }
}

/// See `Request.restoreTrash`.
private struct RestoreTrash: Verb {
  /// Each once.
  let ids: [Incarnation.ID]

  var name: String { "trash-restore" }

  var title: String { "restore trash \(ids.map(String.init).joined(separator: ", "))" }

  func plan(_ store: StoreReader) throws -> Planned {
    let trash = try store.trash()
    let entries = try ids.map { id in
      guard let entry = trash.first(where: { $0.id == id }) else {
        throw StoreError.noSuchTrash(id)
      }
      return entry
    }
    let dropped = entries.filter { $0.origin == .dropped }
    let moves = try entries.filter { $0.origin != .dropped }.map { try move($0, store) }
    for entry in dropped {
      if let other = dropped.first(where: { $0.component == entry.component && $0.id < entry.id }) {
        throw StoreError.sameTrash(other.id, entry.id, entry.component.key)
      }
    }
    var components: Set<ComponentID> = []
    var former = InstalledState()
    // Columns last: what is named by itself comes rather than what went with its table.
    for entry in dropped.filter({ $0.place == nil }) + dropped.filter({ $0.place != nil }) {
      let table = entry.component.tableAndColumn.map { .entity($0.table) } ?? entry.component
      let parts = try store.parts(of: table).union([table, entry.component])
      let incarnations = try store.incarnations(
        of: try store.everMembers(of: entry.component).union([entry.component]),
        at: entry.operation - 1
      )
      let wanted = entry.place == nil ? parts.union(incarnations.keys) : [entry.component]
      components.formUnion(parts)
      let then = try store.part(wanted, at: entry.operation - 1)
      former.stacks.merge(then.stacks) { _, new in new }
      former.incarnations.merge(
        incarnations.filter { wanted.contains($0.key) }
      ) { _, new in new }
    }
    // What was asked for is what comes, whatever stood then.
    for entry in dropped { former.incarnations[entry.component] = Incarnation(id: entry.id) }
    let state = try store.part(components)
    let plan = Plan.restoringTrash(
      of: dropped.map(\.component),
      former: former,
      on: state,
      kinds: store.kinds
    )
    return (plan.turning(moves), state)
  }

  /// Rows have the values again that a migration overwrote, or those that it gave them.
  private func move(_ entry: TrashRow, _ store: StoreReader) throws -> ValueMove {
    let move = ValueMove(
      id: entry.id,
      column: entry.component,
      operation: entry.operation,
      isDone: entry.origin == .overwritten
    )
    guard try store.isInPlace(move) else { throw StoreError.liesElsewhere(entry.id) }
    return move
  }
}
