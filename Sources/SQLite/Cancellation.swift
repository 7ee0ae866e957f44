internal import Synchronization

/// Whether the task that waits for a transaction was cancelled.
final class Cancellation: Sendable {
  private let isCancelled = Mutex(false)

  func cancel() { isCancelled.withLock { $0 = true } }

  /// - Throws: `CancellationError` when it was.
  func check() throws {
    if isCancelled.withLock({ $0 }) { throw CancellationError() }
  }
}
