/// A row that somebody has changed since it was looked at; nothing was changed.
package struct RowChanged: ProseError, Equatable, Sendable {
  package let table: String
  package let id: GUID
  /// Numbers of operations: which last wrote what was looked at, and which has written since.
  package let seen: Int64
  package let now: Int64

  package init(table: String, id: GUID, seen: Int64, now: Int64) {
    (self.table, self.id, self.seen, self.now) = (table, id, seen, now)
  }

  package var prose: Prose {
    "operation \(now) has changed the row \(id) of \(table) since it was looked at; nothing was changed"
  }
}

/// An environment in which something was done since rows were planned; nothing was changed.
package struct RowsOutdated: ProseError, Equatable, Sendable {
  package let planned: Int
  package let now: Int

  package init(planned: Int, now: Int) { (self.planned, self.now) = (planned, now) }

  package var prose: Prose {
    "the environment has changed since this was planned (revision \(planned), now \(now)); nothing was changed"
  }
}
