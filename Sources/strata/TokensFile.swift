import Contract
import Faces
import Service
import Solutions

/// Users with the digests of their tokens, and issuers whose tokens are believed.
struct TokensFile: Codable {
  struct Entry: Codable {
    let name: String
    let role: String
    /// Of the token, 64 digits.
    let sha256: String
    /// A `domainname` or an id.
    let systemUser: String?
  }

  /// See `Issuer`.
  struct IssuerEntry: Codable {
    let issuer: String
    let audiences: [String]
    /// An address or a file; what the issuer publishes about itself, where it is missing.
    let keys: String?
    let roles: [Grant]
    let systemUsers: Bool?

    struct Grant: Codable {
      let claim: String
      let value: String
      let role: String
    }
  }

  let users: [Entry]?
  let issuers: [IssuerEntry]?

  static func read(_ path: String) throws -> Access {
    let file = try JSONFile.read(path, "a file of users") {
      try ShapeCoder.decode(TokensFile.self, $0)
    }
    let users = try (file.users ?? []).map { try $0.user(path) }
    let issuers = try (file.issuers ?? []).map { try $0.issuer(path) }
    guard !users.isEmpty || !issuers.isEmpty else {
      throw Failure(.usage, "\(path) names neither a user nor an issuer")
    }
    guard Set(issuers.map(\.name)).count == issuers.count else {
      throw Failure(.usage, "\(path) names an issuer twice")
    }
    return Access(users, issuers: issuers)
  }

  fileprivate static func role(_ text: String, _ path: String) throws -> Role {
    guard let role = Role(rawValue: text) else {
      let all = Role.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(.usage, "\(path): “\(text.shown(80))” is no role", remedy: "\(all)")
    }
    return role
  }
}

extension TokensFile.Entry {
  fileprivate func user(_ path: String) throws -> (User, Access.Token) {
    let role = try TokensFile.role(role, path)
    guard let token = Access.Token(hexadecimal: sha256) else {
      throw Failure(.usage, "\(path): sha256 of \(name.shown(80)) is not 64 digits")
    }
    guard systemUser != "" else {
      throw Failure(.usage, "\(path): the systemUser of \(name.shown(80)) has no name")
    }
    return (User(name: name, role: role, as: systemUser.map { SystemUserName($0) }), token)
  }
}

extension TokensFile.IssuerEntry {
  fileprivate func issuer(_ path: String) throws -> Issuer {
    let shown = issuer.shown(200)
    guard !issuer.isEmpty, !audiences.isEmpty, !audiences.contains("") else {
      throw Failure(.usage, "\(path): \(shown) has no audience, or no name")
    }
    guard !roles.isEmpty, !roles.contains(where: { $0.claim.isEmpty || $0.value.isEmpty }) else {
      throw Failure(
        .usage,
        "\(path): no role follows from a token of \(shown)",
        remedy: "\"roles\": [{\"claim\", \"value\", \"role\"}]"
      )
    }
    return Issuer(
      name: issuer,
      audiences: Set(audiences),
      keys: try source(path),
      grants: try roles.map {
        Issuer.Grant(claim: $0.claim, value: $0.value, role: try TokensFile.role($0.role, path))
      },
      isForSystemUsers: systemUsers ?? false
    )
  }

  private func source(_ path: String) throws -> Issuer.KeySource {
    if let keys, !keys.contains("://") { return .document(try Files.bytes(of: keys)) }
    let name = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
    guard let address = WebAddress(keys ?? "\(name)/.well-known/openid-configuration") else {
      throw Failure(
        .usage,
        "\(path): the keys of \(issuer.shown(200)) have no address that is asked",
        remedy: "\"keys\": a file, an address with https://, or one of this machine"
      )
    }
    return keys == nil ? .discovered(address) : .address(address)
  }
}
