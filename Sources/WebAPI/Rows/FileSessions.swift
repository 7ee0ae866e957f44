internal import Solutions
internal import Synchronization

/// Files that come in by pieces, until the last one is there or the service ends.
final class FileSessions: Sendable {
  struct Session: Sendable {
    /// Set, row and column, as the client called them: a token is good for nothing else.
    let path: String
    let name: String
    /// Who has begun it, and may go on with it; nil for the environment's own user.
    let user: GUID?
    var bytes: [UInt8] = []
    /// Pieces that are put in order at the end.
    var blocks: [String: [UInt8]] = [:]

    var count: Int { blocks.values.reduce(bytes.count) { $0 + $1.count } }
  }

  private struct Kept {
    var sessions: [GUID: Session] = [:]
    var order: [GUID] = []
    /// In bytes, of all of them.
    var count = 0

    mutating func end(_ id: GUID) {
      count -= sessions.removeValue(forKey: id)?.count ?? 0
      order.removeAll { $0 == id }
    }
  }

  /// The oldest go.
  private static let most = 32
  /// All of them together, in bytes: for a new one the oldest go, a piece more has to find room.
  private static let bytesMost = 512 << 20

  /// Of one file.
  private static let blocksMost = 50_000

  private let kept = Mutex(Kept())

  func begin(_ session: Session, as id: GUID) {
    kept.withLock {
      $0.sessions[id] = session
      $0.order.append(id)
      $0.count += session.count
      while let oldest = $0.order.first, oldest != id,
        $0.order.count > Self.most || $0.count > Self.bytesMost
      {
        $0.end(oldest)
      }
    }
  }

  /// - Returns: all that has come in; nil where there is no such session, or the piece is not the next one.
  func add(_ piece: [UInt8], at start: Int, to id: GUID, path: String) -> Session? {
    kept.withLock { kept in
      let isNext =
        kept.sessions[id].map { $0.path == path && $0.bytes.count == start } ?? false
      guard isNext, kept.count + piece.count <= Self.bytesMost else { return nil }
      kept.sessions[id]?.bytes += piece
      kept.count += piece.count
      return kept.sessions[id]
    }
  }

  /// - Returns: whether there is such a session, and room for one block more.
  func add(_ block: [UInt8], named name: String, to id: GUID) -> Bool {
    kept.withLock { kept in
      guard let session = kept.sessions[id], session.blocks.count < Self.blocksMost else {
        return false
      }
      let more = block.count - (session.blocks[name]?.count ?? 0)
      guard kept.count + more <= Self.bytesMost else { return false }
      kept.sessions[id]?.blocks[name] = block
      kept.count += more
      return true
    }
  }

  func find(_ id: GUID) -> Session? { kept.withLock { $0.sessions[id] } }

  func end(_ id: GUID) { kept.withLock { $0.end(id) } }
}
