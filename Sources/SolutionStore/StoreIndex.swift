internal import SQL
internal import Solutions

/// Questions about the environment, answered from its indexes.
struct StoreIndex: FootprintIndex {
  let session: StoreSession
  let moment: Moment

  func members(of solutions: Set<SolutionName>) throws -> Set<ComponentID> {
    try ids(
      "SELECT component FROM membership WHERE solution IN (…) AND \(moment.condition("membership"))",
      in: solutions.map { .text($0.sqlKey) }
    )
  }

  func parts(of ids: Set<ComponentID>) throws -> Set<ComponentID> {
    try self.ids(
      "SELECT DISTINCT component FROM layer WHERE parent IN (…) AND \(moment.condition("layer"))",
      in: try values(ids)
    )
  }

  func dependents(of ids: Set<ComponentID>) throws -> Set<ComponentID> {
    let nicknames = ids.reduce(into: Set<ComponentID>()) { $0.formUnion($1.nicknames) }
    var named = try values(ids.union(nicknames))
    try session.sql.forEachRow("SELECT other FROM alias WHERE component IN (…)", in: named) { row in
      named.append(SQLValue(try row.integer(0)))
    }
    return try namers(of: named).union(try parts(of: ids))
  }

  func namers(of names: Set<ComponentID>) throws -> Set<ComponentID> {
    try namers(of: try values(names))
  }

  private func namers(of names: [SQLValue]) throws -> Set<ComponentID> {
    try ids(
      """
      SELECT DISTINCT layer.component FROM reference
      JOIN layer ON layer.statement = reference.statement
      WHERE reference.target IN (…) AND \(moment.condition("layer"))
      """,
      in: names
    )
  }

  func required(by ids: Set<ComponentID>) throws -> Set<ComponentID> {
    try self.ids(
      """
      SELECT DISTINCT reference.target FROM layer
      JOIN reference ON reference.statement = layer.statement
      WHERE layer.component IN (…) AND \(moment.condition("layer"))
      """,
      in: try values(ids)
    )
  }

  func parents(of ids: Set<ComponentID>) throws -> Set<ComponentID> {
    try self.ids(
      """
      SELECT DISTINCT parent FROM layer
      WHERE parent IS NOT NULL AND component IN (…) AND \(moment.condition("layer"))
      """,
      in: try values(ids)
    )
  }

  func nested(_ id: ComponentID) throws -> Set<ComponentID> {
    // The key is compared in full here: a pattern would give its wildcards a meaning.
    let rows = try session.sql.rows(
      "SELECT key FROM component WHERE type = $1",
      [.text(id.type.sqlText)]
    ) { try $0.text(0) }
    return Set(rows.filter { $0.hasSuffix(".\(id.key)") }.map { ComponentID(id.type, $0) })
  }

  private func values(_ ids: Set<ComponentID>) throws -> [SQLValue] {
    try session.numbers(of: ids).values.sorted().map { SQLValue($0) }
  }

  private func ids(_ query: String, in values: [SQLValue]) throws -> Set<ComponentID> {
    var found: Set<Int> = []
    try session.sql.forEachRow(query, in: values) { found.insert(try $0.integer(0)) }
    return Set(try session.ids(of: found).values)
  }
}
