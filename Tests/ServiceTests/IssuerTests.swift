import Hashing
import JSON
import JWTKit
import Solutions
import Testing

@testable import Service

/// Tokens of other issuers: who is let in, as whom, and why others are not.
@Suite("Issuers")
struct IssuerTests {
  private static let second = 1_800_000_000
  private let now = Timestamp(milliseconds: second * 1000)
  private let issuer = Issuer(
    name: "https://issuer.example/",
    audiences: ["api://strata", "strata"],
    keys: .document([]),
    grants: [
      .init(claim: "roles", value: "Import", role: .importer),
      .init(claim: "oid", value: "7", role: .owner),
      .init(claim: "scp", value: "read", role: .viewer),
    ]
  )

  private func claims(_ changes: [String: String?] = [:]) throws -> TokenClaims {
    var members: [String: String?] = [
      "iss": "\"https://issuer.example/\"", "aud": "\"api://strata\"", "sub": "\"s-1\"",
      "exp": "\(Self.second + 300)", "roles": "[\"Read\", \"Import\"]", "name": "\"Anna\"",
    ]
    members.merge(changes) { $1 }
    let text = members.compactMap { name, value in value.map { "\"\(name)\": \($0)" } }
    return TokenClaims(try JSONDocument(Array("{\(text.joined(separator: ","))}".utf8)).root)
  }

  private func refusal(_ changes: [String: String?]) throws -> TokenRefusal? {
    let claims = try claims(changes)
    do {
      _ = try issuer.admit(claims, at: now)
      return nil
    } catch {
      return error
    }
  }

  @Test("Who is known has the highest role that follows from a claim, and the time of the token")
  func roles() throws {
    let anna = try issuer.admit(try claims(), at: now)
    #expect(anna.user == User(name: "Anna [s-1]", role: .importer) && anna.secondsLeft == 360)
    let owner = try issuer.admit(try claims(["oid": "\"7\"", "upn": "\"a@b.example\""]), at: now)
    #expect(owner.user == User(name: "a@b.example [7]", role: .owner))
    let several = try issuer.admit(try claims(["aud": "[\"x\", \"strata\"]"]), at: now)
    #expect(several.user.role == .importer)
    let program = try issuer.admit(
      try claims(["name": nil, "appid": "\"s-1\"", "roles": "\"Import\""]),
      at: now
    )
    #expect(program.user == User(name: "s-1", role: .importer))
  }

  @Test("No role follows from being known: it takes a claim that somebody named")
  func noRole() throws {
    for changes: [String: String?] in [
      ["roles": nil], ["roles": "[]"], ["roles": "[\"import\"]"], ["roles": "{\"Import\": 1}"],
      ["roles": "[[\"Import\"]]"], ["roles": nil, "oid": "7"], ["roles": "\"Import \""],
    ] {
      #expect(try refusal(changes) == .noRole(name: "Anna [s-1]"), "\(changes)")
    }
  }

  @Test("A token has an end, and clocks may differ by a minute")
  func times() throws {
    let second = Self.second
    #expect(try refusal(["exp": "\(second - 59)"]) == nil)
    #expect(try refusal(["exp": "\(second - 60)"]) == .expired)
    #expect(try refusal(["exp": "0"]) == .expired)
    #expect(try refusal(["exp": "\(second + 9).5"]) == nil)
    #expect(try refusal(["nbf": "\(second + 60)"]) == nil)
    #expect(try refusal(["nbf": "\(second + 61)"]) == .notYetValid)
    for exp in ["\"\(second + 9)\"", "-1", "1e99", "99999999999999999999", "null", "true"] {
      #expect(try refusal(["exp": exp]) == .malformed, "\(exp)")
    }
    #expect(try refusal(["exp": nil]) == .malformed)
  }

  @Test("A token is for this service, of this issuer to the letter, and about somebody")
  func meant() throws {
    for audience in ["\"api://other\"", "[]", "\"\"", "\"API://strata\"", "null", "{}", "7"] {
      #expect(try refusal(["aud": audience]) == .wrongAudience, "\(audience)")
    }
    #expect(try refusal(["aud": nil]) == .wrongAudience)
    #expect(try refusal(["iss": "\"https://issuer.example\""]) == .unknownIssuer)
    #expect(try refusal(["iss": "\"https://ISSUER.example/\""]) == .unknownIssuer)
    #expect(try refusal(["sub": nil]) == .nameless)
    #expect(try refusal(["sub": "\"\""]) == .nameless)
  }

  @Test("Whoever works as a user of the environment is known by ids, which nobody chooses")
  func systemUsers() throws {
    let directory = Issuer(
      name: "https://issuer.example/",
      audiences: ["strata"],
      keys: .document([]),
      grants: [.init(claim: "sub", value: "s-1", role: .viewer)],
      isForSystemUsers: true
    )
    let (one, two) = (GUID(from: "person", "1"), GUID(from: "program", "2"))
    func user(_ changes: [String: String?]) throws -> SystemUserName? {
      let claims = try claims(changes.merging(["aud": "\"strata\""]) { $1 })
      return try directory.admit(claims, at: now).user.systemUser
    }
    #expect(
      try user(["oid": "\"\(one)\"", "appid": "\"\(two)\""])
        == .directory(object: one, application: two)
    )
    #expect(try user(["azp": "\"\(two)\""]) == .directory(object: nil, application: two))
    #expect(
      try user(["upn": "\"anna@example.com\"", "oid": "\"7\""])
        == .directory(object: nil, application: nil)
    )
    #expect(try issuer.admit(try claims(), at: now).user.systemUser == nil)
  }

  // MARK: Signatures

  private static func encoded(_ bytes: some Sequence<UInt8>) -> String {
    Base64.encode(Array(bytes)).replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  private static let payload = #"{"iss": "https://issuer.example/", "exp": 1}"#

  private struct Signing {
    let way: any JWTAlgorithm
    let published: String

    /// A key that is made here, as its issuer publishes it.
    init(_ id: String, more: String = "") async throws {
      let key = ES256PrivateKey()
      way = try await JWTKeyCollection().add(ecdsa: key, kid: JWKIdentifier(string: id))
        .getKey(for: JWKIdentifier(string: id))
      let place = try #require(key.parameters)
      let (x, y) = try (
        #require(Base64.decode(place.x)), #require(Base64.decode(place.y))
      )
      published = """
        {"kty": "EC", "crv": "P-256", "kid": "\(id)", "x": "\(encoded(x))", "y": "\(encoded(y))"\(more)}
        """
    }

    func token(_ header: String, _ payload: String = IssuerTests.payload) throws -> String {
      let signed = "\(encoded(header.utf8)).\(encoded(payload.utf8))"
      return "\(signed).\(encoded(try way.sign(Array(signed.utf8))))"
    }
  }

  private static func set(_ keys: String...) async throws -> KeySet {
    try await KeySet(Array(#"{"keys": [\#(keys.joined(separator: ","))]}"#.utf8))
  }

  @Test("A signature is that of the key that the token names, in the way that the key is for")
  func signatures() async throws {
    let (own, other) = (try await Signing("a"), try await Signing("b"))
    let keys = try await Self.set(own.published, other.published)
    let right = #"{"alg": "ES256", "kid": "a"}"#
    try keys.requireSignature(of: try SignedToken(own.token(right)))
    let cases: [(String, TokenRefusal)] = [
      (try other.token(right), .wrongSignature),
      (try own.token(#"{"alg": "ES256", "kid": "c"}"#), .unknownKey),
      (try own.token(#"{"alg": "RS256", "kid": "a"}"#), .refusedAlgorithm),
      (try own.token(#"{"alg": "ES384", "kid": "a"}"#), .refusedAlgorithm),
      (String(try own.token(right).dropLast(8)), .wrongSignature),
    ]
    for (token, refusal) in cases {
      let read = try SignedToken(token)
      #expect(throws: refusal) { try keys.requireSignature(of: read) }
    }
    // One letter of what is signed is another one.
    let parts = try own.token(right).split(separator: ".")
    let changed = Self.encoded(Self.payload.replacing("1}", with: "2}").utf8)
    let forged = try SignedToken("\(parts[0]).\(changed).\(parts[2])")
    #expect(throws: TokenRefusal.wrongSignature) { try keys.requireSignature(of: forged) }
  }

  @Test("Only tokens that are signed with a private key, whole and small, are read at all")
  func shapes() async throws {
    let own = try await Signing("a")
    for algorithm in ["none", "None", "HS256", "HS512", "ES512", "EdDSA", "", "es256"] {
      let token = try own.token(#"{"alg": "\#(algorithm)", "kid": "a"}"#)
      #expect(throws: TokenRefusal.refusedAlgorithm) { try SignedToken(token) }
    }
    let header = #"{"alg": "ES256", "kid": "a"}"#
    #expect(throws: TokenRefusal.refusedAlgorithm) {
      try SignedToken(own.token(#"{"alg": "ES256", "kid": "a", "crit": ["b64"], "b64": false}"#))
    }
    #expect(throws: TokenRefusal.unknownKey) { try SignedToken(own.token(#"{"alg": "ES256"}"#)) }
    let whole = try own.token(header)
    for token in [
      "", ".", "..", "a.b", "a.b.c.d", "\(whole).", " \(whole)", "\(whole)=", "\(whole)\n",
      whole.replacing(".", with: "..", maxReplacements: 1),
      try own.token("[]"), try own.token(header, "7"), try own.token(header, "{}"),
      try own.token(header, #"{"iss": "a", "iss": "b"}"#),
      try own.token(#"{"alg": "none", "alg": "ES256", "kid": "a"}"#),
      try own.token(header, #"{"iss": "\#(String(repeating: "x", count: 20_000))"}"#),
      try own.token(header, String(repeating: "[", count: 5000)),
    ] {
      #expect(throws: TokenRefusal.malformed, "\(token.prefix(40))") { try SignedToken(token) }
    }
  }

  @Test("Of a key set, what signs is taken: no secret, no key for encryption, none without an id")
  func keySets() async throws {
    let own = try await Signing("a")
    let encrypting = try await Signing("e", more: #", "use": "enc""#)
    let other = try await Signing("o", more: #", "alg": "ES384""#)
    let keys = try await Self.set(
      #"{"kty": "oct", "kid": "h", "k": "AAAA", "alg": "HS256"}"#,
      encrypting.published,
      other.published,
      #"{"kty": "RSA", "kid": "r", "n": "AQAB", "e": "AQAB"}"#,
      #"{"kty": "EC", "crv": "P-256", "kid": "p", "x": "AA", "y": "AA"}"#,
      "7",
      own.published
    )
    #expect(keys.knows("a"))
    for id in ["h", "e", "o", "r", "p", ""] { #expect(!keys.knows(id), "\(id)") }
    await #expect(throws: KeySet.NoKeys.self) { try await Self.set() }
    await #expect(throws: JSONError.self) { try await KeySet(Array("{".utf8)) }
  }

  @Test("Keys are asked for again where one is unknown, at most once a minute, and after an hour")
  func asking() async throws {
    let keys = try await Self.set(try await Signing("a").published)
    func at(_ seconds: Int) -> Timestamp { Timestamp(milliseconds: (Self.second + seconds) * 1000) }
    var known = KnownKeys()
    #expect(known.isDue(for: "a", at: at(0)))
    known.ask(at: at(0))
    #expect(!known.isDue(for: "a", at: at(59)) && known.isDue(for: "a", at: at(60)))
    known.take(keys, at: at(0))
    #expect(known.knows("a") && !known.isDue(for: "a", at: at(60)))
    #expect(known.isDue(for: "b", at: at(60)) && !known.isDue(for: "b", at: at(59)))
    known.ask(at: at(60))
    #expect(!known.isDue(for: "b", at: at(119)) && known.knows("a"))
    #expect(known.isDue(for: "a", at: at(3600)))
  }

  // MARK: Addresses

  @Test("An address is one that nobody listens to on the way, and reads the same to whoever sends")
  func addresses() {
    let taken = [
      "https://Issuer.example/keys?v=2": "https://issuer.example:443/keys?v=2",
      "http://127.0.0.1:8080": "http://127.0.0.1:8080/", "http://[::1]/k": "http://[::1]:80/k",
      "https://a.example:8443?x": "https://a.example:8443/?x",
    ]
    for (text, sent) in taken { #expect(WebAddress(text)?.text == sent, "\(text)") }
    for text in [
      "", "issuer.example", "ftp://a.example/", "http://a.example/", "https:///x", "https://",
      "https://user@a.example/", "https://a.example#@b.example/", "https://a.example:0/",
      "https://a.example:99999/", "https://a.example:/", "https://a_b.example/", "https://[::1/",
      "https://a.example/ x", "https://a.example/\r\nHost: b", "https://a.example\\@b.example/",
      "http://127.0.0.1.b.example/", "http://localhost@b.example/", "https://ä.example/",
    ] {
      #expect(WebAddress(text) == nil, "\(text)")
    }
  }
}
