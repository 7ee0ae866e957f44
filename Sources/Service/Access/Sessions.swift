internal import Hashing
internal import Synchronization

/// Who is signed in: a cookie with a number nobody can guess, and beside it what forms have to say.
final class Sessions: Sendable {
  struct Session: Sendable {
    let user: User
    /// What each form and script of a page says, so that no other page can speak for whoever is signed in.
    let formToken: String
    let ends: ContinuousClock.Instant
  }

  static let lifetime = Duration.seconds(12 * 3600)
  /// More than people have; the oldest go.
  private static let most = 10_000

  private let sessions = Mutex<[SHA256Digest: Session]>([:])
  private let clock = ContinuousClock()

  /// How long a session lasts: no longer than the token that began it.
  static func lifetime(of admitted: Admitted) -> Duration {
    min(lifetime, admitted.secondsLeft.map { .seconds($0) } ?? lifetime)
  }

  /// - Returns: what the cookie holds.
  func begin(_ user: User, for lifetime: Duration = lifetime) -> String {
    let key = Self.secret()
    let session = Session(
      user: user,
      formToken: Self.secret(),
      ends: clock.now.advanced(by: lifetime)
    )
    sessions.withLock { sessions in
      let now = clock.now
      sessions = sessions.filter { $0.value.ends > now }
      if sessions.count >= Self.most,
        let oldest = sessions.min(by: { $0.value.ends < $1.value.ends })
      {
        sessions[oldest.key] = nil
      }
      sessions[Self.digest(key)] = session
    }
    return key
  }

  func find(_ key: String) -> Session? {
    let session = sessions.withLock { $0[Self.digest(key)] }
    return session.flatMap { $0.ends > clock.now ? $0 : nil }
  }

  func end(_ key: String) { sessions.withLock { $0[Self.digest(key)] = nil } }

  private static func digest(_ key: String) -> SHA256Digest { SHA256Digest(of: Array(key.utf8)) }

  /// 256 bits from the system, as 64 digits.
  static func secret() -> String {
    var system = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let digits = String(system.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
