internal import SQL
internal import Solutions

/// Questions about the environment, answered from its indexes.
struct StoreIndex: FootprintIndex {
  let reader: StoreReader
  let moment: Moment

  func members(of solutions: Set<SolutionName>) throws -> Set<ComponentID> {
    try ids(among: solutions.map { .text($0.sqlKey) }) {
      """
      SELECT component FROM membership
      WHERE solution IN \(list: $0) AND \(moment.condition("membership"))
      """
    }
  }

  func parts(of ids: Set<ComponentID>) throws -> Set<ComponentID> {
    try self.ids(among: try values(ids)) {
      """
      SELECT DISTINCT component FROM layer
      WHERE parent IN \(list: $0) AND \(moment.condition("layer"))
      """
    }
  }

  func dependents(of ids: Set<ComponentID>) throws -> Set<ComponentID> {
    let nicknames = ids.reduce(into: Set<ComponentID>()) { $0.formUnion($1.nicknames) }
    var named = try values(ids.union(nicknames))
    try reader.sql.forEachRow(among: named) {
      "SELECT other FROM alias WHERE component IN \(list: $0)"
    } each: { row in
      named.append(SQLValue(try row.integer(0)))
    }
    return try namers(of: named).union(try parts(of: ids))
  }

  func namers(of names: Set<ComponentID>) throws -> Set<ComponentID> {
    try namers(of: try values(names))
  }

  private func namers(of names: [SQLValue]) throws -> Set<ComponentID> {
    try ids(among: names) {
      """
      SELECT DISTINCT layer.component FROM reference
      JOIN layer ON layer.statement = reference.statement
      WHERE reference.target IN \(list: $0) AND \(moment.condition("layer"))
      """
    }
  }

  func required(by ids: Set<ComponentID>) throws -> Set<ComponentID> {
    // By the other name of a component, too.
    try self.ids(among: try values(ids)) {
      """
      SELECT reference.target FROM layer JOIN reference ON reference.statement = layer.statement
      WHERE layer.component IN \(list: $0) AND \(moment.condition("layer"))
      UNION
      SELECT alias.component FROM layer JOIN reference ON reference.statement = layer.statement
      JOIN alias ON alias.other = reference.target
      WHERE layer.component IN \(list: $0) AND \(moment.condition("layer"))
      """
    }
  }

  func parents(of ids: Set<ComponentID>) throws -> Set<ComponentID> {
    try self.ids(among: try values(ids)) {
      """
      SELECT DISTINCT parent FROM layer
      WHERE parent IS NOT NULL AND component IN \(list: $0) AND \(moment.condition("layer"))
      """
    }
  }

  func nested(_ id: ComponentID) throws -> Set<ComponentID> {
    // The key is compared in full here: a pattern would give its wildcards a meaning.
    let rows = try reader.sql.rows("SELECT key FROM component WHERE type = \(id.type.text)") {
      try $0.text(0)
    }
    return Set(rows.filter { $0.hasSuffix(".\(id.key)") }.map { ComponentID(id.type, $0) })
  }

  private func values(_ ids: Set<ComponentID>) throws -> [SQLValue] {
    try reader.numbers(of: ids).values.sorted().map { SQLValue($0) }
  }

  private func ids(
    among values: [SQLValue],
    _ query: ([SQLValue]) -> SQLText
  ) throws -> Set<ComponentID> {
    var found: Set<Int> = []
    try reader.sql.forEachRow(among: values, query) { found.insert(try $0.integer(0)) }
    return Set(try reader.ids(of: found).values)
  }
}
