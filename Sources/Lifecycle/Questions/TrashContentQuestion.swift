package import SolutionStore
package import Solutions

/// What lies in the trash under one number: its columns with how much is in them, and some rows.
package struct TrashContentQuestion: Question {
  private let number: Incarnation.ID
  private let query: @Sendable (Table, _ isWhole: Bool) throws -> RowQuery

  /// - Parameters:
  ///   - number: in the trash.
  ///   - query: made from the table as it was defined, and whether all of it lies there; without a limit of its own it gets `RowsQuestion.rowsMax`.
  package init(
    of number: Incarnation.ID,
    query: @escaping @Sendable (Table, _ isWhole: Bool) throws -> RowQuery
  ) {
    self.number = number
    self.query = query
  }

  /// - Throws: `StoreError.noSuchTrash`, `QueryError` for a column that is not there; what `query` throws.
  package func answer(from store: StoreReader) throws -> TrashContent {
    let placed = try store.placed(inTrash: number)
    guard let entry = try store.trash(counts: true).first(where: { $0.id == number }) else {
      throw StoreError.noSuchTrash(number)
    }
    let counts = try store.counts(in: placed)
    return TrashContent(
      entry: entry,
      columns: placed.table.columns.compactMap { column in
        counts.values[column.name].map { TrashContent.Column(column: column, values: $0) }
      },
      page: try RowsQuestion(in: .trash(number)) { try query($0, entry.isWhole) }
        .answer(from: store)
    )
  }
}
