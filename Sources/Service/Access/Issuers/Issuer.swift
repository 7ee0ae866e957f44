internal import Solutions

/// Somebody else whose tokens are believed, and what follows from what they say.
package struct Issuer: Sendable {
  /// As tokens name it, to the letter.
  package let name: String
  /// Whom a token has to be for: one of them.
  let audiences: Set<String>
  let keys: KeySource
  let grants: [Grant]
  /// Whether whoever has a token works as the user of the environment whom the directory knows by it.
  let isForSystemUsers: Bool

  /// A value of a claim, and the role of whoever has it.
  package struct Grant: Sendable {
    let claim: String
    let value: String
    let role: Role

    package init(claim: String, value: String, role: Role) {
      self.claim = claim
      self.value = value
      self.role = role
    }
  }

  /// Where its keys are.
  package enum KeySource: Sendable {
    case address(WebAddress)
    /// In the document that it publishes about itself, below its name.
    case discovered(WebAddress)
    /// A file that was read.
    case document([UInt8])
  }

  package init(
    name: String,
    audiences: Set<String>,
    keys: KeySource,
    grants: [Grant],
    isForSystemUsers: Bool = false
  ) {
    self.name = name
    self.audiences = audiences
    self.keys = keys
    self.grants = grants
    self.isForSystemUsers = isForSystemUsers
  }

  /// By how much clocks may differ, in seconds.
  static let skew = 60

  /// Whoever a token of this issuer, whose signature was found to be right, is about.
  ///
  /// - Throws: `TokenRefusal`; no role follows from being known alone.
  func admit(_ claims: TokenClaims, at now: Timestamp) throws(TokenRefusal) -> Admitted {
    let second = now.milliseconds / 1000
    guard claims.text("iss") == name else { throw .unknownIssuer }
    guard let end = try claims.seconds("exp") else { throw .malformed }
    guard second < end + Self.skew else { throw .expired }
    if let start = try claims.seconds("nbf"), second < start - Self.skew { throw .notYetValid }
    guard !audiences.isDisjoint(with: claims.texts("aud")) else { throw .wrongAudience }
    guard let person = Self.person(claims) else { throw .nameless }
    let roles = grants.filter { claims.texts($0.claim).contains($0.value) }.map(\.role)
    guard let role = roles.max() else { throw .noRole(name: person) }
    return Admitted(
      user: User(name: person, role: role, as: isForSystemUsers ? Self.systemUser(claims) : nil),
      secondsLeft: max(end + Self.skew - second, 0)
    )
  }

  /// By ids, which nobody chooses.
  private static func systemUser(_ claims: TokenClaims) -> SystemUserName {
    func id(_ names: String...) -> GUID? {
      names.lazy.compactMap { claims.text($0).flatMap { GUID($0) } }.first
    }
    return .directory(object: id("oid"), application: id("appid", "azp"))
  }

  /// As the history has them: a name, which somebody may have chosen, and the id that nobody can choose.
  private static func person(_ claims: TokenClaims) -> String? {
    let names = ["upn", "preferred_username", "name", "appid", "azp", "client_id"]
    let ids = ["oid", "sub"]
    let name = names.lazy.compactMap { claims.text($0) }.first?.shown(100)
    guard let id = ids.lazy.compactMap({ claims.text($0) }).first?.shown(100) else { return nil }
    return name.map { $0 == id ? id : "\($0) [\(id)]" } ?? id
  }
}

/// Whoever was let in by a token.
struct Admitted: Equatable, Sendable {
  let user: User
  /// How long the token lasts; nil for ever.
  var secondsLeft: Int?
}
