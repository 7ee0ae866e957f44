internal import Contract
internal import Faces
internal import Lifecycle
internal import Solutions

/// What can be asked of tables of rows, and of the trash.
extension Site {
  /// Tables in use, by their logical names.
  func tables() async throws -> [String] {
    try await lifecycle.ask(NamesQuestion()).filter { $0.type == .entity }.map(\.key).sorted()
  }

  /// Rows of a table, and how its columns are defined.
  func rows(of table: String, _ text: RowQueryText, telling: Bool) async throws -> RowPage {
    try await lifecycle.ask(
      RowsQuestion(of: table.lowercased()) { table in
        var query = try text.query(table)
        if query.columns.isEmpty, telling {
          query.columns = table.telling.map { RowQuery.ColumnPath($0) }
        }
        return query
      }
    )
  }

  func counts(of table: String) async throws -> RowCountsShape {
    RowCountsShape(try await lifecycle.ask(CountsQuestion(of: table.lowercased()) { _ in }))
  }

  func trash(counting: Bool = false) async throws -> TrashShape {
    TrashShape(try await lifecycle.ask(TrashQuestion(counting: counting)), kinds: .standard)
  }

  /// - Parameter rowsMax: how many rows to show.
  func trashContent(_ number: Int, rowsMax: Int = 10) async throws -> TrashContentShape {
    let content = try await lifecycle.ask(
      TrashContentQuestion(of: number) { table, isWhole in
        var query = try RowQueryText(top: rowsMax).query(table)
        if isWhole {
          query.columns = table.telling.filter { table.column($0) != nil }
            .map { RowQuery.ColumnPath($0) }
        }
        return query
      }
    )
    return try TrashContentShape(content, kinds: .standard)
  }
}
