internal import Hashing

/// Who is let in: whoever has a token, of the service's own or of an issuer that it believes.
package struct Access: Sendable {
  /// By the SHA-256 of their tokens, so that none is kept.
  private let users: [SHA256Digest: User]
  /// By their names.
  let issuers: [String: Issuer]

  /// - Parameters:
  ///   - users: with what each has to show.
  ///   - issuers: of tokens that are signed.
  package init(_ users: [(user: User, token: Token)], issuers: [Issuer] = []) {
    self.users = Dictionary(users.map { ($0.token.digest, $0.user) }) { first, _ in first }
    self.issuers = Dictionary(issuers.map { ($0.name, $0) }) { first, _ in first }
  }

  /// One that nobody can guess.
  package static func newToken() -> String { Sessions.secret() }

  /// What somebody shows to be let in, as far as it is kept.
  package struct Token: Sendable {
    fileprivate let digest: SHA256Digest

    package init(_ text: String) { digest = SHA256Digest(of: Array(text.utf8)) }

    /// - Parameter hexadecimal: 64 digits; nil for anything else.
    package init?(hexadecimal: String) {
      guard let digest = SHA256Digest(hexadecimal) else { return nil }
      self.digest = digest
    }
  }

  /// Whose a token is: it is looked up by its digest, so that no comparison tells how much of a guess was right.
  func user(showing token: String) -> User? {
    token.utf8.count > 1000 ? nil : users[SHA256Digest(of: Array(token.utf8))]
  }
}
