internal import Solutions
internal import Synchronization

/// Files that come in by pieces, until the last one is there or the service ends.
final class FileSessions: Sendable {
  struct Session: Sendable {
    /// Set, row and column, as the client called them: a token is good for nothing else.
    let path: String
    let name: String
    var bytes: [UInt8] = []
  }

  private struct Kept {
    var sessions: [GUID: Session] = [:]
    var order: [GUID] = []
  }

  /// The oldest go.
  private static let most = 32
  /// All of them together, in bytes.
  private static let bytesMost = 512 << 20

  private let kept = Mutex(Kept())

  func begin(_ session: Session, as id: GUID) {
    kept.withLock {
      $0.sessions[id] = session
      $0.order.append(id)
      if $0.order.count > Self.most { $0.sessions[$0.order.removeFirst()] = nil }
    }
  }

  /// - Returns: all that has come in; nil where there is no such session, or the piece is not the next one.
  func add(_ piece: [UInt8], at start: Int, to id: GUID, path: String) -> Session? {
    kept.withLock { kept in
      let held = kept.sessions.values.reduce(0) { $0 + $1.bytes.count }
      let isNext =
        kept.sessions[id].map { $0.path == path && $0.bytes.count == start } ?? false
      guard isNext, held + piece.count <= Self.bytesMost else { return nil }
      kept.sessions[id]?.bytes += piece
      return kept.sessions[id]
    }
  }

  func end(_ id: GUID) {
    kept.withLock {
      $0.sessions[id] = nil
      $0.order.removeAll { $0 == id }
    }
  }
}
