internal import SQL

/// The numbers that an environment counts with: what nothing may be done with is named.
extension StoreReader {
  /// Rows of the environment's own tables with a number that is none.
  func brokenNumbers() throws -> [String] {
    var broken: [String] = []
    for numbers in Self.numbers where try !sql.columns(of: numbers.table).isEmpty {
      let (all, most) = (numbers.columns + numbers.signed, SQLRow.integerMax)
      let ranges = numbers.columns.map {
        "COALESCE(\(name: $0), 0) BETWEEN 0 AND \(most)" as SQLText
      }
      let signed = numbers.signed.map {
        "COALESCE(\(name: $0), 0) BETWEEN \(-most) AND \(most)" as SQLText
      }
      try sql.forEachRow(
        """
        SELECT \(name: numbers.owner), \(names: all) FROM \(name: numbers.table)
        WHERE NOT (\((ranges + signed).joined(separator: " AND "))) LIMIT 10
        """
      ) { row in
        let subject = "the \(numbers.table) \(row.value(0))"
        for (place, column) in all.enumerated() {
          let least = numbers.signed.contains(column) ? -most : 0
          let value = row.value(place + 1)
          if case .integer(let number) = value, (Int64(least)...Int64(most)).contains(number) {
            continue
          }
          guard value != .null else { continue }
          broken.append(
            "\(subject): \(column) holds \(value), and no number from \(least) to \(most)"
          )
        }
      }
    }
    return broken
  }

  /// Columns of a table that hold numbers, and the one that tells which row it is.
  private struct Numbers {
    let table: String
    let owner: String
    let columns: [String]
    /// Those that may be below 0.
    var signed: [String] = []
  }

  private static let numbers = [
    Numbers(table: "environment", owner: "id", columns: ["created", "revision"]),
    Numbers(
      table: "operation",
      owner: "number",
      columns: [
        "number", "started", "completed", "added", "changed", "deleted", "dereferenced", "masked",
        "unchanged",
      ]
    ),
    Numbers(table: "operation_package", owner: "operation", columns: ["operation", "position"]),
    Numbers(
      table: "operation_change",
      owner: "operation",
      columns: ["operation", "position", "component", "lost"],
      signed: ["milliseconds"]
    ),
    Numbers(table: "operation_finding", owner: "operation", columns: ["operation", "position"]),
    Numbers(table: "operation_state", owner: "operation", columns: ["operation"]),
    Numbers(
      table: "attempt",
      owner: "id",
      columns: ["number", "process", "started", "ended", "operation"]
    ),
    Numbers(table: "component", owner: "key", columns: ["id"]),
    Numbers(table: "alias", owner: "component", columns: ["component", "other"]),
    Numbers(table: "definition", owner: "is_wrapped", columns: ["is_wrapped"]),
    Numbers(table: "definition_part", owner: "path", columns: ["bytes"]),
    Numbers(table: "statement", owner: "id", columns: ["id", "component"]),
    Numbers(table: "reference", owner: "statement", columns: ["statement", "target"]),
    Numbers(
      table: "publisher",
      owner: "name",
      columns: ["option_value_prefix", "opened", "closed"]
    ),
    Numbers(
      table: "solution",
      owner: "name",
      columns: ["is_managed", "block", "opened", "closed"]
    ),
    Numbers(table: "membership", owner: "solution", columns: ["component", "opened", "closed"]),
    Numbers(
      table: "root_behavior",
      owner: "solution",
      columns: ["component", "behavior", "opened", "closed"]
    ),
    Numbers(
      table: "layer",
      owner: "name",
      columns: [
        "component", "block", "guest", "statement", "parent", "line", "opened", "closed",
      ]
    ),
    Numbers(table: "setting", owner: "component", columns: ["component", "opened", "closed"]),
    Numbers(
      table: "incarnation",
      owner: "stored_name",
      columns: ["id", "component", "place", "purged"]
    ),
    Numbers(table: "tenure", owner: "incarnation", columns: ["incarnation", "opened", "closed"]),
    Numbers(
      table: "value_move",
      owner: "id",
      columns: [
        "id", "operation", "component", "place", "incarnation", "overwritten", "filled", "purged",
      ]
    ),
    Numbers(table: "value_turn", owner: "move", columns: ["move", "opened", "closed"]),
    Numbers(table: "failed_key", owner: "component", columns: ["component"]),
    Numbers(table: "number_sequence", owner: "component", columns: ["component", "next"]),
    Numbers(table: "unmanaged_block", owner: "opened", columns: ["opened", "closed"]),
    Numbers(table: "told", owner: "opened", columns: ["opened", "closed"]),
  ]
}
