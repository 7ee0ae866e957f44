internal import SQL
internal import Solutions

extension StoreReader {
  /// The digest of the state after an operation that has just been written.
  func digest(after former: StateDigest, in number: Int) throws -> StateDigest {
    var digest = former
    let deltas = try deltas {
      "\(name: $0).opened = \(number) OR \(name: $0).closed = \(number)"
    }
    let heads = try heads(" WHERE closed IS NULL")
    if let delta = deltas[number] { digest += delta }
    heads.count(at: number, in: &digest)
    return digest
  }

  /// The digest of the present, from all rows that are open.
  func presentRows(at revision: Int) throws -> StateDigest {
    var digest = StateDigest()
    for delta in try deltas({ "\(name: $0).closed IS NULL" }).values { digest += delta }
    try heads(" WHERE closed IS NULL").count(at: revision, in: &digest)
    return digest
  }

  /// Digests of states as the rows tell them, by the operation that left them.
  ///
  /// Reads each row once, however many operations there are.
  func rebuiltDigests(of revisions: some Sequence<Int>) throws -> [Int: StateDigest] {
    let (deltas, heads) = (try deltas { _ in nil }, try heads(""))
    var changes = deltas.keys.sorted()[...]
    var digest = StateDigest()
    var found: [Int: StateDigest] = [:]
    for revision in Set(revisions).sorted() {
      while let next = changes.first, next <= revision {
        if let delta = deltas[next] { digest += delta }
        changes.removeFirst()
      }
      var state = digest
      heads.count(at: revision, in: &state)
      found[revision] = state
    }
    return found
  }

  /// What members, layers and settings change, by operation.
  ///
  /// What is taken for granted has its names from whoever came to mention it first, so they are no part of it.
  ///
  /// - Parameter condition: on the rows of a table; nil takes all.
  private func deltas(_ condition: (String) -> SQLText?) throws -> [Int: StateDigest] {
    var deltas: [Int: StateDigest] = [:]
    var hasher = RowHasher()
    func read(
      _ part: StateDigest.Part,
      _ table: String,
      _ columns: SQLText,
      _ joins: SQLText
    ) throws {
      let condition: SQLText = condition(table).map { " WHERE \($0)" } ?? ""
      try sql.forEachRow(
        """
        SELECT \(name: table).opened, \(name: table).closed, \(columns)
        FROM \(name: table) \(joins)\(condition)
        """
      ) { row in
        let (opened, closed) = (try row.integer(0), try row.optionalInteger(1))
        let sum = hasher.hash(row, 2..<row.count)
        deltas[opened, default: StateDigest()][part] += sum
        if let closed { deltas[closed, default: StateDigest()][part] -= sum }
      }
    }
    for rows in Self.temporal { try read(rows.part, rows.table, rows.columns, rows.joins) }
    guard try keepsBehaviors() else { return deltas }
    try read(
      .members,
      "root_behavior",
      "root_behavior.solution, component.type, component.key, root_behavior.behavior",
      "JOIN component ON component.id = root_behavior.component"
    )
    return deltas
  }

  private static let temporal:
    [(part: StateDigest.Part, table: String, columns: SQLText, joins: SQLText)] = [
      (
        .members,
        "membership",
        "membership.solution, component.type, component.key",
        "JOIN component ON component.id = membership.component"
      ),
      (
        .layers,
        "layer",
        """
        component.type, component.key, layer.solution, layer.publisher, layer.block, layer.guest,
        statement.definition, layer.parent,
        CASE WHEN layer.solution <> \(SolutionName.system.sqlKey) THEN layer.name END,
        CASE WHEN layer.solution <> \(SolutionName.system.sqlKey) THEN layer.display_name END
        """,
        """
        JOIN component ON component.id = layer.component
        JOIN statement ON statement.id = layer.statement AND statement.component = layer.component
        """
      ),
      (
        .settings,
        "setting",
        // That a value is a secret is no part of what was left: earlier releases did not know.
        """
        component.type, component.key,
        CASE setting.kind WHEN 'secret' THEN 'value' ELSE setting.kind END, setting.value
        """,
        "JOIN component ON component.id = setting.component"
      ),
      (.settings, "unmanaged_block", "'blocks unmanaged'", ""),
    ]

  /// Rows of solutions and publishers: few, and told apart by each other.
  private func heads(_ condition: SQLText) throws -> StateHeads {
    var heads = StateHeads()
    var hasher = RowHasher()
    try sql.forEachRow(
      """
      SELECT opened, closed, key, id, name, display_name, version, is_managed, publisher, role,
        parent, block
      FROM solution\(condition)
      """
    ) { row in
      heads.solutions.append(
        StateHeads.Row(
          opened: try row.integer(0),
          closed: try row.optionalInteger(1),
          sum: hasher.hash(row, 2..<row.count),
          publisher: try row.text(8).lowercased()
        )
      )
    }
    try sql.forEachRow(
      """
      SELECT opened, closed, key, name, display_name, prefix, option_value_prefix
      FROM publisher\(condition)
      """
    ) { row in
      heads.publishers.append(
        StateHeads.Row(
          opened: try row.integer(0),
          closed: try row.optionalInteger(1),
          sum: hasher.hash(row, 2..<row.count),
          publisher: try row.text(2)
        )
      )
    }
    return heads
  }
}

/// Rows of solutions and publishers of all times.
private struct StateHeads {
  struct Row {
    let opened: Int
    let closed: Int?
    let sum: StateDigest.Sum
    let publisher: String

    func isThere(at revision: Int) -> Bool {
      opened <= revision && (closed.map { $0 > revision } ?? true)
    }
  }

  var solutions: [Row] = []
  var publishers: [Row] = []

  /// Publishers stay when their solutions go, as on the platform; only those that have some are part of the state.
  func count(at revision: Int, in digest: inout StateDigest) {
    (digest[.solutions], digest[.publishers]) = (StateDigest.Sum(), StateDigest.Sum())
    var used: Set<String> = []
    for row in solutions where row.isThere(at: revision) {
      digest[.solutions] += row.sum
      used.insert(row.publisher)
    }
    for row in publishers where used.contains(row.publisher) && row.isThere(at: revision) {
      digest[.publishers] += row.sum
    }
  }
}
