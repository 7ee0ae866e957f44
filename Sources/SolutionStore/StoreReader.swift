package import SQL
package import Solutions

/// What is read from an environment, in one consistent state: it cannot write.
///
/// - Throws: all of it: `SQLError` where the database cannot be read, `StoreError` where what is asked for is not there
///   or what is read makes no sense (`damaged`).
package final class StoreReader {
  let sql: any SQLReader
  package let kinds: ComponentKinds
  /// Tables met so far.
  var tables: [String: StoredTable] = [:]
  /// The last operation, where somebody has asked.
  var knownRevision: Int?
  /// Numbers of the components met so far.
  private var numbers: [ComponentID: Int] = [:]
  private var ids: [Int: ComponentID] = [:]
  /// What a live environment told, by the operation that kept it: it is long.
  var knownFacts: (opened: Int, index: FactsIndex)?
  /// Looked for once.
  var hasToldFacts: Bool?
  /// Looked for once.
  var knownVersion: Int?
  /// Looked for once: there may be none.
  private var foundSeal: Seal??

  package init(_ sql: any SQLReader, kinds: ComponentKinds) {
    self.sql = sql
    self.kinds = kinds
  }

  /// Where an operation may end because it is cancelled: between pieces of its work, last before tables change.
  ///
  /// - Throws: `CancellationError` when it is.
  package func checkpoint() throws { try sql.checkpoint() }

  // MARK: Identities

  /// Numbers of those that have one.
  func numbers(of wanted: some Sequence<ComponentID>) throws -> [ComponentID: Int] {
    var found: [ComponentID: Int] = [:]
    var unknown: [ComponentType: [SQLValue]] = [:]
    for id in wanted {
      if let number = numbers[id] {
        found[id] = number
      } else {
        unknown[id.type, default: []].append(.text(id.key))
      }
    }
    for (type, keys) in unknown {
      try sql.forEachRow(among: keys) {
        "SELECT id, key FROM component WHERE type = \(type.text) AND key IN \(list: $0)"
      } each: { row in
        let (number, id) = (try row.integer(0), ComponentID(type, try row.text(1)))
        remember(id, number)
        found[id] = number
      }
    }
    return found
  }

  func id(of number: Int) throws -> ComponentID {
    guard let id = try ids(of: [number])[number] else {
      throw StoreError.damaged("component \(number) is missing")
    }
    return id
  }

  func ids(of wanted: Set<Int>) throws -> [Int: ComponentID] {
    let unknown = wanted.filter { ids[$0] == nil }.sorted().map { SQLValue($0) }
    try sql.forEachRow(among: unknown) {
      "SELECT id, type, key FROM component WHERE id IN \(list: $0)"
    } each: { row in
      remember(
        ComponentID(ComponentType(text: try row.text(1)), try row.text(2)),
        try row.integer(0)
      )
    }
    // By what is wanted: what is known may be everything, and the question may be asked for each component.
    return wanted.reduce(into: [:]) { found, number in found[number] = ids[number] }
  }

  /// Keeps a number that was read or given.
  func remember(_ id: ComponentID, _ number: Int) {
    numbers[id] = number
    ids[number] = id
  }

  // MARK: The environment

  package func environment() throws -> Environment {
    let found = try sql.row("SELECT id, created, revision FROM environment") { row in
      Environment(
        id: try row.text(0),
        created: Timestamp(milliseconds: try row.integer(1)),
        revision: try row.integer(2)
      )
    }
    guard let found else { throw StoreError.damaged("it has no identity") }
    return found
  }

  /// The number of the last operation.
  package func revision() throws -> Int {
    guard
      let found = try sql.row("SELECT revision FROM environment", { try $0.integer(0) })
    else { throw StoreError.damaged("it has no identity") }
    return found
  }

  /// What makes digests of its secrets; nil where an older release has written it last.
  func seal() throws -> Seal? {
    if let foundSeal { return foundSeal }
    let isKept = try !sql.columns(of: "seal").isEmpty
    let key = isKept ? try sql.row("SELECT key FROM seal") { try $0.blob(0) } : nil
    let seal = key.flatMap { Seal(key: $0) }
    guard !isKept || seal != nil else { throw StoreError.damaged("it has no key for its secrets") }
    foundSeal = .some(seal)
    return seal
  }
}

extension ComponentType {
  /// As it is stored: a number as digits, a table by its name, with a tilde where the name could be taken for either.
  var text: String {
    switch self {
    case .number(let number): String(number)
    case .table(let table): Int(table) != nil || table.hasPrefix("~") ? "~\(table)" : table
    }
  }

  init(text: String) {
    self =
      Int(text).map { .number($0) }
      ?? .table(text.hasPrefix("~") ? String(text.dropFirst()) : text)
  }
}

/// Which rows count: those of now, or those of a former revision.
struct Moment {
  /// nil is now.
  let revision: Int?

  /// A condition on a table's rows.
  func condition(_ table: String) -> SQLText {
    guard let revision else { return "\(name: table).closed IS NULL" }
    return """
      \(name: table).opened <= \(revision)
        AND (\(name: table).closed IS NULL OR \(name: table).closed > \(revision))
      """
  }
}
