internal import Faces
internal import Logging
internal import Solutions

/// Whose a token is, whoever gave it out.
struct Admission: Sendable {
  private let access: Access
  private let rings: [String: KeyRing]
  private let clock: @Sendable () -> Timestamp

  init(
    _ access: Access,
    outgoing: Outgoing,
    clock: @escaping @Sendable () -> Timestamp,
    log: Logger
  ) {
    self.access = access
    self.clock = clock
    rings = access.issuers.mapValues {
      KeyRing($0, outgoing: outgoing, clock: clock, log: log)
    }
  }

  /// - Throws: `TokenRefusal` where it lets nobody in.
  func admit(showing token: String) async throws(TokenRefusal) -> Admitted {
    if let user = access.user(showing: token) { return Admitted(user: user) }
    guard !rings.isEmpty, token.contains(".") else { throw .unknown }
    let signed = try SignedToken(token)
    guard let issuer = access.issuers[signed.issuer], let ring = rings[signed.issuer] else {
      throw .unknownIssuer
    }
    try await ring.keys(for: signed.key).requireSignature(of: signed)
    return try issuer.admit(signed.claims, at: clock())
  }
}

extension Access {
  /// - Throws: `Failure` where a file with keys of an issuer has none that signs.
  func requireKeys() async throws {
    for issuer in issuers.values {
      guard case .document(let bytes) = issuer.keys else { continue }
      do {
        _ = try await KeySet(bytes)
      } catch {
        throw Failure(
          .unreadable,
          "the file with keys of \(issuer.name.shown(200)) has none that is taken",
          remedy: "it is a JSON Web Key Set; each key has a kid"
        )
      }
    }
  }
}
