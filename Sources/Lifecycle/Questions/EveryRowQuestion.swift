package import SolutionStore
package import Solutions

/// Every row that a query finds, given as it comes.
package struct EveryRowQuestion: Question {
  /// Gets the header and a function that gives the rows one after the other; answers how many it took.
  package typealias Taking =
    @Sendable (RowHeader, _ rows: (_ take: (Row) throws -> Void) throws -> Void) throws -> Int

  private let place: RowPlace
  private let query: @Sendable (Table) throws -> RowQuery
  private let taking: Taking

  /// - Parameters:
  ///   - table: by its logical name.
  ///   - query: made from the table as it is defined.
  ///   - taking: called once, when it is known that the query can be asked.
  package init(
    of table: String,
    query: @escaping @Sendable (Table) throws -> RowQuery,
    taking: @escaping Taking
  ) {
    self.init(in: .table(table), query: query, taking: taking)
  }

  /// The same of what lies anywhere.
  package init(
    in place: RowPlace,
    query: @escaping @Sendable (Table) throws -> RowQuery,
    taking: @escaping Taking
  ) {
    self.place = place
    self.query = query
    self.taking = taking
  }

  /// - Throws: `QueryError` for a table or column that is not there, `StoreError.noSuchTrash`; what `query` and `taking`
  ///   throw.
  package func answer(from store: StoreReader) throws -> Int {
    let placed = try place.rows(in: store)
    let query = placed.asked(try query(placed.table))
    return try taking(try store.header(of: query, in: placed)) { take in
      try store.rows(query, in: placed) { _, row in try take(row) }
    }
  }
}
