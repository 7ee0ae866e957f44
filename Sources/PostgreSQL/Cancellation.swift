internal import Synchronization

/// Whether the task that waits was cancelled, and what ends then what runs for it.
final class Cancellation: Sendable {
  private struct State {
    var isCancelled = false
    var connection: Connection?
  }

  private let state = Mutex(State())

  func cancel() {
    // Within the lock: what is to be interrupted is not let go meanwhile.
    state.withLock { state in
      state.isCancelled = true
      state.connection?.interrupt()
    }
  }

  /// - Throws: `CancellationError` when it was.
  func check() throws {
    if state.withLock({ $0.isCancelled }) { throw CancellationError() }
  }

  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// - Parameter connection: interrupted while `body` runs, where the task is cancelled.
  func interrupting<Value>(_ connection: Connection, _ body: () throws -> Value) throws -> Value {
    state.withLock { $0.connection = connection }
    defer { state.withLock { $0.connection = nil } }
    try check()
    return try body()
  }
}
