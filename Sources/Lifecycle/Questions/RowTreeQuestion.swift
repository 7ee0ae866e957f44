package import SolutionStore
package import Solutions

/// Rows of a table with rows that belong to each of them, of one consistent state.
package struct RowTreeQuestion: Question {
  private let tree: RowTree
  private let tables: KnownTables
  private let memory: TableMemory?
  private let given: RowValue?
  private let kept: Kept?
  package private(set) var isBrief: Bool

  /// How the database is asked for a tree, for whoever asks the same one again.
  package struct Kept: Sendable {
    let statement = KeptStatement()

    package init() {}

    /// Whether a few rows are looked at, as far as was seen when it was asked last.
    package var isBrief: Bool { statement.isBrief }
  }

  /// - Parameters:
  ///   - given: for `RowQuery.Filter.isGiven`; nil where nothing has to be.
  ///   - tables: what is known of them.
  ///   - memory: what it was made of; nil where that was found out for it.
  ///   - kept: of the same tree, made of the same memory.
  ///   - isBrief: a few rows are looked at.
  package init(
    _ tree: RowTree,
    given: RowValue? = nil,
    knowing tables: KnownTables,
    trusting memory: TableMemory? = nil,
    keeping kept: Kept? = nil,
    isBrief: Bool = false
  ) {
    self.tree = tree
    self.given = given
    self.tables = tables
    self.memory = memory
    self.kept = kept
    self.isBrief = isBrief
  }

  /// - Throws: `TableMemory.Outdated`, `QueryError` for what is not there, and for more rows than are read.
  package func answer(from store: StoreReader) throws -> RowForest {
    try store.knowing(tables.cache, trusting: memory) {
      try store.forest(tree, given: given, keeping: kept?.statement, isBrief: isBrief)
    }
  }

  /// The same for whoever can wait.
  fileprivate var patient: RowTreeQuestion {
    var question = self
    question.isBrief = false
    return question
  }
}

extension Lifecycle {
  /// As any other question; one that turns out not to be brief is asked among those that take their time.
  ///
  /// - Throws: as the question does.
  package func ask(_ question: RowTreeQuestion) async throws -> RowForest {
    do {
      return try await store.read(isBrief: question.isBrief) { try question.answer(from: $0) }
    } catch is KeptStatement.TakesLonger {
      return try await store.read { try question.patient.answer(from: $0) }
    }
  }
}
