internal import SolutionStore

/// What tables are, kept from one question to the next; a face has one for each environment.
package struct KnownTables: Sendable {
  let cache = TableCache()

  package init() {}
}
