internal import SolutionStore
package import Solutions

extension Lifecycle {
  /// Which of several groups of edits was refused, and why; nothing of all of them was done.
  package struct EditsRefused: Error {
    /// Place of the group.
    package let group: Int
    package let cause: any Error
  }

  /// Writes and deletes rows in one transaction; each group is an operation of its own in the history.
  ///
  /// The history of attempts tells nothing of it: an edit is done when it is answered, and otherwise nothing of it is
  /// there.
  ///
  /// - Parameters:
  ///   - user: whom rows belong to that say nothing of it, and who has written them; nil for the environment's own.
  ///   - tables: what is known of them.
  /// - Returns: for each group what became of its edits.
  /// - Throws: `EditsRefused` for what rows do not allow: `RowEditError`, `BadRows`, `RowsHeld`, `QueryError`;
  ///   `LifecycleError.busy`, `StoreError` for what is damaged, `SQLError`, `CancellationError`. Nothing is changed then.
  package func edit(
    _ groups: [RowEdits],
    by caller: Caller,
    as user: GUID? = nil,
    knowing tables: KnownTables
  ) async throws -> [[RowEdited]] {
    let claim = try await claim(for: groups.first?.title ?? "rows")
    defer { withExtendedLifetime(claim) {} }
    let (clock, newID) = (surroundings.clock, surroundings.newID)
    return try await store.write { transaction in
      try transaction.reader.knowing(tables.cache) {
        var done: [[RowEdited]] = []
        for (place, group) in groups.enumerated() {
          do {
            done.append(try Self.edit(group, by: caller, as: user, in: transaction, clock, newID))
          } catch {
            throw EditsRefused(group: place, cause: error)
          }
        }
        return done
      }
    }
  }

  private static func edit(
    _ group: RowEdits,
    by caller: Caller,
    as user: GUID?,
    in transaction: StoreTransaction,
    _ clock: @Sendable () -> Timestamp,
    _ newID: @escaping @Sendable () -> String
  ) throws -> [RowEdited] {
    let number = try transaction.reader.revision() + 1
    let record = OperationRecord(
      verb: "rows",
      title: group.title,
      who: caller.description,
      started: clock()
    )
    let done = try group.edits.enumerated().map { place, edit in
      if place % 100 == 99 { try transaction.reader.checkpoint() }
      return try transaction.rows.edit(
        edit,
        by: user,
        in: number,
        at: record.started,
        newID: newID
      )
    }
    if done.contains(where: { !$0.isNothing }) {
      try transaction.history.note(record, as: number, completed: clock())
    }
    return done
  }
}
