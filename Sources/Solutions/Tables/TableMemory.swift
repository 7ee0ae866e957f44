/// What was found out of tables, and up to which operation it is true.
///
/// Whoever builds a question of it has the question answered only where it is true of what is read then.
package struct TableMemory: Sendable {
  package let revision: Int
  /// From which operation on it has been true: another one is of other tables.
  package let since: Int
  package let heads: [TableHead]
  /// By the logical name.
  package let models: [String: TableModel]
  /// Names of sets, by table.
  package let sets: [String: String]
  /// Names of tables, by set.
  private let tables: [String: String]

  package init(_ heads: [TableHead], at revision: Int) {
    self.heads = heads
    (self.revision, since) = (revision, revision)
    models = [:]
    sets = Dictionary(heads.map { ($0.name, $0.setName) }) { first, _ in first }
    tables = Dictionary(heads.map { ($0.setName, $0.name) }) { first, _ in first }
  }

  private init(_ memory: TableMemory, _ models: [String: TableModel], at revision: Int) {
    (heads, sets, tables) = (memory.heads, memory.sets, memory.tables)
    (self.models, self.revision, since) = (models, revision, memory.since)
  }

  /// The same, with what is known of some tables.
  package func with(_ models: [String: TableModel], at revision: Int) -> TableMemory {
    TableMemory(self, models, at: revision)
  }

  /// - Parameter set: in lower case.
  package func model(ofSet set: String) -> TableModel? { tables[set].flatMap { models[$0] } }

  /// It was true once, and is not of what was read.
  package struct Outdated: Error {
    package init() {}
  }
}
