internal import SQL
internal import Solutions

/// One transaction: what is read in it and how it is written; who writes what is a type of its own.
package struct StoreTransaction {
  /// Reads what is written so far.
  package let reader: StoreReader
  let sql: any SQLSession
  /// Told the name of each step.
  package let onStep: (String) -> Void

  init(
    _ sql: any SQLSession,
    kinds: ComponentKinds,
    onStep: @escaping (String) -> Void = { _ in }
  ) {
    reader = StoreReader(sql, kinds: kinds)
    self.sql = sql
    self.onStep = onStep
  }

  package var history: HistoryWriter { HistoryWriter(transaction: self) }
  package var rows: RowStore { RowStore(transaction: self) }

  /// Numbers for all of them; those that have none get the next.
  func numbering(_ wanted: Set<ComponentID>) throws -> [ComponentID: Int] {
    var found = try reader.numbers(of: wanted)
    let new = wanted.subtracting(found.keys).sorted()
    guard !new.isEmpty else { return found }
    var next = try sql.row("SELECT MAX(id) FROM component") { try $0.optionalInteger(0) ?? 0 } ?? 0
    var rows = Batch(into: "component", ["id", "type", "key"])
    for id in new {
      next += 1
      reader.remember(id, next)
      found[id] = next
      try rows.add([SQLValue(next), .text(id.type.text), .text(id.key)], to: sql)
    }
    try rows.flush(to: sql)
    return found
  }
}
