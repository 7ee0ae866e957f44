internal import Lifecycle
internal import Solutions
internal import Synchronization

/// Whom rows belong to that come in: the user that the environment was made with (WA-G7).
struct Session: Sendable {
  let user: GUID
  let unit: GUID
  let organization: GUID

  /// - Throws: `WebError` where the environment has lost them.
  static func find(in catalog: Catalog) async throws -> Session {
    func first(of table: String) async throws -> GUID {
      guard let id = try await catalog.lifecycle.ask(SystemRowQuestion(of: table)) else {
        throw WebError(500, "0x80040216", "the environment has lost its row of \(table)")
      }
      return id
    }
    return Session(
      user: try await first(of: "systemuser"),
      unit: try await first(of: "businessunit"),
      organization: try await first(of: "organization")
    )
  }
}

/// The session, once it is known: the rows that an environment was made with stay.
final class KnownSession: Sendable {
  private let session = Mutex<Session?>(nil)

  /// - Throws: `WebError` where the environment has lost them.
  func find(in catalog: Catalog) async throws -> Session {
    if let known = session.withLock({ $0 }) { return known }
    let found = try await Session.find(in: catalog)
    session.withLock { $0 = found }
    return found
  }
}
