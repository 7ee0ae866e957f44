internal import SolutionStore
package import Solutions

/// What tables are, kept from one question to the next; a face has one for each environment.
package struct KnownTables: Sendable {
  let cache = TableCache()

  package init() {}

  /// What was found out so far; nil where nobody has asked what tables there are.
  package var memory: TableMemory? { cache.memory }
}
