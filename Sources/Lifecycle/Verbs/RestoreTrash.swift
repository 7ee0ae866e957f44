internal import SolutionStore
package import Solutions

extension Request {
  /// Gives a component the values that lie in the trash under this number.
  package static func restoreTrash(_ id: Incarnation.ID) -> Request {
    Request(RestoreTrash(id: id))
  }
}

/// See `Request.restoreTrash`.
private struct RestoreTrash: Verb {
  let id: Incarnation.ID

  var name: String { "trash-restore" }

  var title: String { "restore trash \(id)" }

  func plan(_ store: StoreReader) throws -> Planned {
    let entry = try store.trashRow(id)
    guard entry.origin == .dropped else { return try turn(entry, store) }
    let table = entry.component.tableAndColumn.map { .entity($0.table) } ?? entry.component
    let components = try store.parts(of: table).union([table, entry.component])
    let state = try store.part(components)
    var former = try store.part(components, at: entry.operation - 1)
    former.incarnations = try store.incarnations(of: components, at: entry.operation - 1)
    let plan = Plan.restoringTrash(
      of: entry.component,
      former: former,
      on: state,
      kinds: store.kinds
    )
    return (plan, state)
  }

  /// Rows have the values again that a migration overwrote, or those that it gave them.
  private func turn(_ entry: TrashRow, _ store: StoreReader) throws -> Planned {
    let move = ValueMove(
      id: entry.id,
      column: entry.component,
      operation: entry.operation,
      isDone: entry.origin == .overwritten
    )
    guard try store.isInPlace(move) else { throw StoreError.liesElsewhere(id) }
    let state = try store.part([])
    return (Plan.nothing(on: state.environment, state.revision).turning([move]), state)
  }
}
