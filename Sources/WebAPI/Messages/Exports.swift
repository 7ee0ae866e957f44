internal import Synchronization

/// Packages that were exported and wait to be fetched, until the service ends.
final class Exports: Sendable {
  private struct Kept {
    var packages: [String: [UInt8]] = [:]
    var order: [String] = []
  }

  /// The oldest go.
  private static let most = 20

  private let kept = Mutex(Kept())

  /// - Parameter id: of the job that exported it.
  func keep(_ bytes: [UInt8], of id: String) {
    kept.withLock {
      $0.packages[id] = bytes
      $0.order.append(id)
      if $0.order.count > Self.most { $0.packages[$0.order.removeFirst()] = nil }
    }
  }

  func find(_ id: String) -> [UInt8]? { kept.withLock { $0.packages[id] } }
}
