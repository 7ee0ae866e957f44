internal import JSON
internal import Logging
internal import Solutions

/// The keys of one issuer as they were read last, and when they are read again.
struct KnownKeys: Sendable {
  private(set) var keys: KeySet?
  /// When they were asked for last, whatever came of it.
  private var asked: Timestamp?
  private var read: Timestamp?

  /// Whoever makes up ids of keys makes nobody ask more often.
  static let pause = 60_000
  /// After so long it is asked again what the issuer has withdrawn.
  static let lifetime = 3_600_000

  func knows(_ key: String) -> Bool { keys?.knows(key) ?? false }

  func isDue(for key: String, at now: Timestamp) -> Bool {
    if let asked, now.milliseconds - asked.milliseconds < Self.pause { return false }
    guard let read, knows(key) else { return true }
    return now.milliseconds - read.milliseconds >= Self.lifetime
  }

  mutating func ask(at now: Timestamp) { asked = now }

  mutating func take(_ keys: KeySet, at now: Timestamp) {
    self.keys = keys
    read = now
  }
}

/// Reads the keys of an issuer: once for all who wait, and the old ones stay where that fails.
actor KeyRing {
  private let issuer: Issuer
  private let outgoing: Outgoing
  private let clock: @Sendable () -> Timestamp
  private let log: Logger
  private var known = KnownKeys()
  private var reading: Task<Void, Never>?

  /// Seconds that a document may take.
  private static let patience: Int64 = 5

  init(
    _ issuer: Issuer,
    outgoing: Outgoing,
    clock: @escaping @Sendable () -> Timestamp,
    log: Logger
  ) {
    self.issuer = issuer
    self.outgoing = outgoing
    self.clock = clock
    self.log = log
  }

  /// - Throws: `TokenRefusal.noKeys` where none was ever read.
  func keys(for key: String) async throws(TokenRefusal) -> KeySet {
    let now = clock()
    if reading == nil, known.isDue(for: key, at: now) {
      known.ask(at: now)
      reading = Task { await self.read() }
    }
    // Whose key is known does not wait for others.
    if !known.knows(key), let reading { await reading.value }
    guard let keys = known.keys else { throw .noKeys }
    return keys
  }

  private func read() async {
    do {
      known.take(try await KeySet(try await document()), at: clock())
    } catch let error as Outgoing.NoAnswer {
      warn(error.reason)
    } catch is JSONError {
      warn("they are no JSON")
    } catch is KeySet.NoKeys {
      warn("there is none that signs")
    } catch {
      warn("\(.foreign("\(error)"))")
    }
    reading = nil
  }

  private func warn(_ why: Prose) {
    let message: Prose = "the keys of \(issuer.name) were not read: \(why)"
    log.warning("\(message.text)")
  }

  private func document() async throws -> [UInt8] {
    switch issuer.keys {
    case .document(let bytes): return bytes
    case .address(let address):
      return try await outgoing.document(at: address, within: Self.patience)
    case .discovered(let address):
      let about = try await outgoing.document(at: address, within: Self.patience)
      let root = try JSONDocument(about).root
      guard root["issuer"]?.text == issuer.name else {
        throw Outgoing.NoAnswer("what it publishes about itself names another issuer")
      }
      guard let place = root["jwks_uri"]?.text.flatMap({ WebAddress($0) }) else {
        throw Outgoing.NoAnswer("what it publishes about itself names no address of keys")
      }
      return try await outgoing.document(at: place, within: Self.patience)
    }
  }
}
