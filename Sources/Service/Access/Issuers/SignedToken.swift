internal import Hashing
internal import JSON

/// A JSON Web Token in its compact form (RFC 7519), read and not yet believed.
struct SignedToken: Sendable {
  let algorithm: Algorithm
  /// Which key of the issuer it says it is signed with.
  let key: String
  let issuer: String
  let claims: TokenClaims
  /// What the signature is of.
  let signed: [UInt8]
  let signature: [UInt8]

  /// How a token may be signed: by whoever has a private key, and nobody else.
  enum Algorithm: String, CaseIterable, Sendable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case es256 = "ES256"
    case es384 = "ES384"
  }

  static let bytesMax = 16 << 10
  private static let limits = JSONLimits(bytes: bytesMax, values: 4000, depth: 16)

  init(_ text: String) throws(TokenRefusal) {
    guard text.utf8.count <= Self.bytesMax else { throw .malformed }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let signature = Base64.decode(url: parts[2]) else { throw .malformed }
    let header = try Self.document(parts[0])
    guard let name = header["alg"]?.text else { throw .malformed }
    // What has to be understood and is not makes the token another one than it seems.
    guard let algorithm = Algorithm(rawValue: name), header["crit"] == nil else {
      throw .refusedAlgorithm
    }
    guard let key = header["kid"]?.text else { throw .unknownKey }
    claims = TokenClaims(try Self.document(parts[1]))
    guard let issuer = claims.text("iss") else { throw .malformed }
    self.algorithm = algorithm
    self.key = key
    self.issuer = issuer
    self.signature = signature
    signed = Array(text[..<parts[1].endIndex].utf8)
  }

  private static func document(_ part: Substring) throws(TokenRefusal) -> JSONValue {
    guard let bytes = Base64.decode(url: part) else { throw .malformed }
    do {
      let root = try JSONDocument(bytes, limits: limits).root
      guard root.kind == .object else { throw TokenRefusal.malformed }
      return root
    } catch {
      throw .malformed
    }
  }
}

/// What a token says of whom it is about.
struct TokenClaims: Sendable {
  private let root: JSONValue

  init(_ root: JSONValue) { self.root = root }

  /// nil where it is missing, empty or no text.
  func text(_ name: String) -> String? {
    root[name]?.text.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// One text, or several.
  func texts(_ name: String) -> [String] {
    guard let value = root[name] else { return [] }
    if let text = value.text { return [text] }
    return value.elements.compactMap(\.text)
  }

  /// A moment, in whole seconds since 1970; nil where it is missing.
  func seconds(_ name: String) throws(TokenRefusal) -> Int? {
    guard let value = root[name] else { return nil }
    guard value.kind == .number, let whole = value.lexeme?.prefix(while: { $0 != "." }),
      let seconds = Int(whole), (0...1 << 40).contains(seconds)
    else { throw .malformed }
    return seconds
  }
}
