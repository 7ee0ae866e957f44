internal import SQL
package import Solutions
internal import Synchronization

/// What tables are, from one question to the next: read once, and again when something else than rows was written.
package final class TableCache: Sendable {
  struct Known: Sendable {
    /// Up to which operation it is true.
    var revision = -1
    var tables: [String: StoredTable] = [:]
    var models: [String: TableModel] = [:]
    var heads: TableMemory?
  }

  let known = Mutex(Known())

  package init() {}

  /// What was found out so far; nil where nobody has asked what tables there are.
  package var memory: TableMemory? {
    known.withLock { known in known.heads?.with(known.models, at: known.revision) }
  }
}

extension StoreReader {
  /// Reads with what is known of tables, and leaves there what it has found out.
  ///
  /// - Parameter memory: what the body was built of; nil where it finds out all itself.
  /// - Throws: what the body throws, `TableMemory.Outdated`, `SQLError`.
  package func knowing<Value>(
    _ cache: TableCache,
    trusting memory: TableMemory? = nil,
    _ body: () throws -> Value
  ) throws -> Value {
    let revision = try revision()
    knownRevision = revision
    if let memory, try !isTrue(memory.revision, at: revision) { throw TableMemory.Outdated() }
    let known = cache.known.withLock { $0 }
    let isTrue = try isTrue(known.revision, at: revision)
    if isTrue { tables = known.tables }
    let value = try body()
    let found = tables
    if known.revision == revision, found.count == known.tables.count { return value }
    cache.known.withLock { kept in
      // Others may know more by now.
      guard kept.revision <= revision else { return }
      if !isTrue, kept.revision == known.revision {
        kept = TableCache.Known()
      } else if kept.revision != known.revision {
        return
      }
      kept.revision = revision
      kept.tables.merge(found) { _, new in new }
    }
    return value
  }

  /// Whether tables, and all other components, are at a revision what they were at another.
  func isTrue(_ former: Int, at revision: Int) throws -> Bool {
    guard former >= 0, former <= revision else { return false }
    guard former < revision else { return true }
    let other = try sql.row(
      "SELECT number FROM operation WHERE number > \(former) AND verb <> 'rows' LIMIT 1"
    ) { try $0.integer(0) }
    return other == nil
  }

  /// What all tables are called, the system's too; by name.
  package func heads(_ cache: TableCache) throws -> [TableHead] {
    try knowing(cache) {
      if let heads = try current(cache)?.heads { return heads.heads }
      let names = Set(try tableNames() + systemTables())
      let intersects = Set(try intersectNames() + SystemBaseline.pairNames)
      let state = try part(Set(names.map { ComponentID.entity($0) }))
      let heads = names.subtracting(intersects).sorted().map { state.head(of: $0, kinds: kinds) }
      let memory = TableMemory(heads, at: try revision())
      try keep(in: cache) { $0.heads = memory }
      return heads
    }
  }

  /// A table with its surroundings; nil where there is none.
  package func model(of name: String, _ cache: TableCache) throws -> TableModel? {
    try knowing(cache) {
      if let model = try current(cache)?.models[name] { return model }
      guard let stored = try storedTable(name) else { return nil }
      let index = StoreIndex(reader: self, moment: Moment(revision: nil))
      var wanted = try index.parts(of: [.entity(name)])
      wanted.formUnion(try index.dependents(of: [.entity(name)]))
      let physical = wanted.filter { kinds[$0.type].physical != .none }
      let model = try part(physical.union([.entity(name)])).model(of: stored.table, kinds: kinds)
      try keep(in: cache) { $0.models[name] = model }
      return model
    }
  }

  /// What is known, where it is true of what is read here.
  private func current(_ cache: TableCache) throws -> TableCache.Known? {
    let known = cache.known.withLock { $0 }
    return try isTrue(known.revision, at: try revision()) ? known : nil
  }

  private func keep(
    in cache: TableCache,
    _ change: @Sendable (inout TableCache.Known) -> Void
  ) throws {
    let revision = try revision()
    let former = cache.known.withLock { $0.revision }
    let isTrue = try isTrue(former, at: revision)
    cache.known.withLock { kept in
      guard kept.revision == former, former <= revision else { return }
      if !isTrue { kept = TableCache.Known() }
      kept.revision = revision
      change(&kept)
    }
  }

  /// Logical names of tables that hold pairs.
  private func intersectNames() throws -> [String] {
    try placedTables().filter { name in
      guard let component = try place(named: name)?.component else { return false }
      return component != .entity(name)
    }
  }
}
