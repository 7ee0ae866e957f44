import Synchronization

/// A number that many may count on.
final class Locked: Sendable {
  private let value = Mutex(0)

  var count: Int { value.withLock { $0 } }

  func increment() -> Int {
    value.withLock {
      $0 += 1
      return $0
    }
  }
}
