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
    return (plan, state)
  }
}
