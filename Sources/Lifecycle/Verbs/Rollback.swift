internal import SolutionStore
internal import Solutions

extension Request {
  /// Undoes this operation and everything after it.
  package static func rollback(_ number: Int) -> Request { Request(Rollback(number: number)) }
}

/// See `Request.rollback`.
private struct Rollback: Verb {
  let number: Int

  var name: String { "rollback" }

  var title: String { "rollback of operation \(number)" }

  func title(of plan: Plan) -> String? {
    let moves = plan.solutions.map(\.title)
    return moves.isEmpty ? nil : "\(title): \(moves.joined(separator: ", "))"
  }

  var undone: Int? { number }

  func promise(_ store: StoreReader) throws -> StatePromise? { .all(of: number - 1) }

  func plan(_ store: StoreReader) throws -> Planned {
    var touched = try store.touched(after: number - 1)
    touched.formUnion(try store.rewritten(after: number - 1))
    let moves = try store.moves(turnedSince: number - 1)
    touched.formUnion(moves.map(\.column))
    // Columns and keys are nothing without their tables.
    touched.formUnion(touched.compactMap { $0.tableAndColumn.map { .entity($0.table) } })
    var state = try store.part(touched)
    state.incarnations = try store.incarnations(of: touched)
    guard (1...max(1, state.revision)).contains(number), state.revision > 0 else {
      throw LifecycleError.noSuchOperation(number, newest: state.revision)
    }
    var former = try store.part(touched, at: number - 1)
    former.incarnations = try store.incarnations(of: touched, at: number - 1)
    let plan = Plan.restoring(
      former,
      on: state,
      undoing: number,
      rowOperations: try store.rowOperations(since: number),
      undone: try store.undone(by: number),
      kinds: store.kinds
    )
    return (plan.turning(try moves.filter { try isThere($0, in: former, store) }), state)
  }

  /// Whether the rows that a move wrote are there when the former state is.
  private func isThere(
    _ move: ValueMove,
    in former: InstalledState,
    _ store: StoreReader
  ) throws -> Bool {
    guard let holder = try store.holder(of: move) else { return false }
    if let column = holder.column {
      return former.incarnations[move.column] == Incarnation(id: column)
    }
    guard holder.table != 0, let table = move.column.tableAndColumn?.table else { return true }
    return former.incarnations[.entity(table)] == Incarnation(id: holder.table)
  }
}
