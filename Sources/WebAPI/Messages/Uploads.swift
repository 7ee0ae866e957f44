internal import Solutions
internal import Synchronization

/// Packages that were staged, by their ids, until the service ends; the packages themselves are kept elsewhere.
final class Uploads: Sendable {
  private struct Kept {
    var packages: [GUID: String] = [:]
    var order: [GUID] = []
  }

  /// The oldest go.
  private static let most = 1000

  private let kept = Mutex(Kept())

  func add(_ sha256: String, _ newID: () -> String) -> GUID {
    guard let id = GUID(newID()) else { preconditionFailure("a new id is one") }
    kept.withLock {
      $0.packages[id] = sha256
      $0.order.append(id)
      if $0.order.count > Self.most { $0.packages[$0.order.removeFirst()] = nil }
    }
    return id
  }

  func find(_ id: GUID) -> String? { kept.withLock { $0.packages[id] } }
}
