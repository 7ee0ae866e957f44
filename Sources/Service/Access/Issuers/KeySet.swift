internal import JSON
internal import JWTKit

/// The public keys of an issuer (RFC 7517), each with the ways of signing that it is for.
struct KeySet: Sendable {
  private let keys: [String: [SignedToken.Algorithm: any JWTAlgorithm]]

  private static let limits = JSONLimits(bytes: Outgoing.answerBytesMax, values: 20_000, depth: 16)
  /// More than any issuer publishes.
  private static let most = 100

  /// Keys without an id, for encryption, of other kinds or too weak are left out.
  ///
  /// - Throws: `JSONError` for what is no JSON; `NoKeys` where none is left.
  init(_ bytes: [UInt8]) async throws {
    let listed = try JSONDocument(bytes, limits: Self.limits).root["keys"]
    var keys: [String: [SignedToken.Algorithm: any JWTAlgorithm]] = [:]
    for key in listed.map({ Array($0.elements.prefix(Self.most)) }) ?? [] {
      guard let id = key["kid"]?.text, keys[id] == nil, key["use"]?.text ?? "sig" == "sig" else {
        continue
      }
      let usable = await Self.usable(key, id)
      if !usable.isEmpty { keys[id] = usable }
    }
    guard !keys.isEmpty else { throw NoKeys() }
    self.keys = keys
  }

  struct NoKeys: Error {}

  func knows(_ key: String) -> Bool { keys[key] != nil }

  /// - Throws: where its key is not among these, is not for this way of signing, or did not sign it.
  func requireSignature(of token: SignedToken) throws(TokenRefusal) {
    guard let ways = keys[token.key] else { throw .unknownKey }
    guard let way = ways[token.algorithm] else { throw .refusedAlgorithm }
    let isRight: Bool
    do {
      isRight = try way.verify(token.signature, signs: token.signed)
    } catch {
      // Signatures of another length.
      isRight = false
    }
    guard isRight else { throw .wrongSignature }
  }

  private static func usable(
    _ key: JSONValue,
    _ id: String
  ) async -> [SignedToken.Algorithm: any JWTAlgorithm] {
    var usable: [SignedToken.Algorithm: any JWTAlgorithm] = [:]
    for algorithm in SignedToken.Algorithm.allCases {
      if let stated = key["alg"]?.text, stated != algorithm.rawValue { continue }
      guard let jwk = publicKey(key, id, for: algorithm) else { continue }
      do {
        let collection = try await JWTKeyCollection().add(jwk: jwk)
        let way = try await collection.getKey(for: JWKIdentifier(string: id))
        // A key stands for the one algorithm that it was asked for.
        if way.name == algorithm.rawValue { usable[algorithm] = way }
      } catch {
        continue
      }
    }
    return usable
  }

  /// Of its public members alone: who publishes a private key makes no other of it.
  private static func publicKey(
    _ key: JSONValue,
    _ id: String,
    for algorithm: SignedToken.Algorithm
  ) -> JWK? {
    let id = JWKIdentifier(string: id)
    let kind = key["kty"]?.text
    func rsa(_ algorithm: JWK.Algorithm) -> JWK? {
      guard kind == "RSA", let modulus = key["n"]?.text, let exponent = key["e"]?.text else {
        return nil
      }
      return .rsa(algorithm, identifier: id, modulus: modulus, exponent: exponent)
    }
    func ec(_ algorithm: JWK.Algorithm, _ curve: ECDSACurve) -> JWK? {
      guard kind == "EC", key["crv"]?.text == curve.rawValue, let x = key["x"]?.text,
        let y = key["y"]?.text
      else { return nil }
      return .ecdsa(algorithm, identifier: id, x: x, y: y, curve: curve)
    }
    return switch algorithm {
    case .rs256: rsa(.rs256)
    case .rs384: rsa(.rs384)
    case .rs512: rsa(.rs512)
    case .ps256: rsa(.ps256)
    case .es256: ec(.es256, .p256)
    case .es384: ec(.es384, .p384)
    }
  }
}
