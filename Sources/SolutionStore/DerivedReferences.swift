internal import Hashing
internal import SQL
internal import Solutions

extension PlanWriter {
  /// Asks every definition anew what it names, after what is read from definitions has changed.
  ///
  /// Statements of layers that are closed count, too: an environment is asked for earlier moments.
  func deriveReferences() throws {
    try sql.execute("DELETE FROM reference")
    try sql.execute("DELETE FROM alias")
    var rows: [(number: Int, component: Int, hash: SHA256Digest, parent: Int?)] = []
    try sql.forEachRow(
      """
      SELECT statement.id, statement.component, statement.definition,
        (SELECT parent FROM layer WHERE layer.statement = statement.id AND parent IS NOT NULL LIMIT 1)
      FROM statement ORDER BY statement.id
      """
    ) { row in
      guard let hash = SHA256Digest(bytes: try row.blob(2)) else {
        throw StoreError.damaged("a definition has no hash")
      }
      rows.append(
        (
          try row.integer(0), try row.integer(1), hash,
          row.isNull(3) ? nil : try row.integer(3)
        )
      )
    }
    let ids = try reader.ids(
      of: Set(rows.flatMap { [$0.component] + ($0.parent.map { [$0] } ?? []) })
    )
    // In portions: an environment may hold more definitions than fit into memory at once.
    var rest = rows[...]
    while !rest.isEmpty {
      let portion = rest.prefix(2_000)
      rest = rest.dropFirst(portion.count)
      let definitions = try reader.definitions(Set(portion.map(\.hash)), known: [:])
      let statements = portion.compactMap { row -> (number: Int, component: Component)? in
        guard let id = ids[row.component], let definition = definitions[row.hash] else {
          return nil
        }
        return (
          row.number,
          Component(
            id: id,
            name: id.key,
            displayName: nil,
            parent: row.parent.flatMap { ids[$0] },
            definition: definition,
            location: Location(file: "", line: 0)
          )
        )
      }
      try write(references: statements, try numbering(Set(statements.map(\.component.id))))
    }
  }
}
