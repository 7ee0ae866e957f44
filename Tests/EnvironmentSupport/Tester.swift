package import Solutions

@testable package import Lifecycle

extension Caller {
  package static let tester = Caller("tester", through: .commandLine)
}

extension Request {
  package static func restoreTrash(_ id: Incarnation.ID) -> Request { restoreTrash([id]) }
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

  /// What was written by one operation.
  package struct RowsWritten: Equatable, Sendable {
    package let rows: Int
    package let operation: Int?
  }

  package func importRows<Source: RowSource & Sendable>(
    _ source: Source,
    into table: String,
    mode: RowWriting.Mode,
    report: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> RowsWritten {
    let done = try await perform(
      .importing(source, into: table, mode: mode, newID: surroundings.newID, report: report),
      by: .tester
    )
    guard case .written(let rows) = done.outcome else { throw Unexpected(done.outcome) }
    return RowsWritten(rows: rows, operation: done.operation)
  }

  package func deleteRows(
    from table: String,
    where query: @escaping @Sendable (Table) throws -> RowQuery,
    isAgreed: Bool
  ) async throws -> (deletion: RowDeletion, operation: Int?) {
    let request = RowRequest.deleting(from: table, where: query)
    let done = try await perform(request, by: .tester, isAgreed: isAgreed)
    guard case .deleted(let deletion) = done.outcome else { throw Unexpected(done.outcome) }
    return (deletion, done.operation)
  }

  package func migrateRows(
    _ table: String,
    _ mappings: [RowMapping],
    replaces: Bool,
    isAgreed: Bool = true
  ) async throws -> (counts: [Int], operation: Int?) {
    let request = RowRequest.migrating(table, mappings, replaces: replaces)
    let done = try await perform(request, by: .tester, isAgreed: isAgreed)
    guard case .moved(let moves) = done.outcome else { throw Unexpected(done.outcome) }
    return (moves.map(\.rows), done.operation)
  }

  private struct Unexpected: Error {
    let outcome: RowsOutcome

    init(_ outcome: RowsOutcome) { self.outcome = outcome }
  }
}
