/// How rows come in.
package struct RowWriting: Sendable {
  package enum Mode: Sendable, Equatable {
    /// Each is new.
    case insert
    /// Those that are there, by id or by an alternate key, are changed.
    case upsert(key: String?)
  }

  package let table: String
  package let mode: Mode
  /// Ids for rows that bring none.
  package let newID: @Sendable () -> String

  package init(table: String, mode: Mode, newID: @escaping @Sendable () -> String) {
    self.table = table
    self.mode = mode
    self.newID = newID
  }
}
