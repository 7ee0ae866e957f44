package import Lifecycle
package import Solutions

extension Caller {
  package static let tester = Caller("tester", through: .commandLine)
}

/// The same by the tester: most tests do not care who asks.
extension Lifecycle {
  @discardableResult
  package func perform(
    _ request: Request,
    consent: Consent = .none,
    expecting expected: String? = nil,
    options: OperationOptions? = nil,
    counting: Counting = .reported { _ in }
  ) async throws -> Done {
    try await perform(
      request,
      by: .tester,
      consent: consent,
      expecting: { expected == nil || $0.fingerprint == expected },
      options: options,
      counting: counting
    )
  }

  package func importRows<Source: RowSource & Sendable>(
    _ source: Source,
    into table: String,
    mode: RowWriting.Mode,
    report: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> RowsWritten {
    try await importRows(source, into: table, mode: mode, by: .tester, report: report)
  }

  package func deleteRows(
    from table: String,
    where query: @escaping @Sendable (Table) throws -> RowQuery,
    isAgreed: Bool
  ) async throws -> (deletion: RowDeletion, operation: Int) {
    try await deleteRows(from: table, where: query, by: .tester, isAgreed: isAgreed)
  }

  package func migrateRows(
    _ table: String,
    _ mappings: [RowMapping],
    replaces: Bool
  ) async throws -> (counts: [Int], operation: Int) {
    try await migrateRows(table, mappings, replaces: replaces, by: .tester)
  }
}
