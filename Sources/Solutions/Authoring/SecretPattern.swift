/// A spelling that only secrets have, or values that are given to something called a secret.
enum SecretPattern: Hashable, CaseIterable {
  case privateKey
  case storageKey
  case sharedAccessKey
  case signature
  case webToken
  case cloudKey
  case repositoryToken
  case chatToken
  case serviceKey
  case assigned

  /// With its article.
  var words: String {
    switch self {
    case .privateKey: "a private key"
    case .storageKey: "the key of a storage account"
    case .sharedAccessKey: "a shared access key"
    case .signature: "an address with a signature that opens it"
    case .webToken: "a signed token"
    case .cloudKey: "an access key id"
    case .repositoryToken: "an access token of a repository"
    case .chatToken: "a token of a chat service"
    case .serviceKey: "the key of a web service"
    case .assigned: "a password, key or client secret"
    }
  }

  /// A name that gives a value away may also be a label or a dummy.
  var isCertain: Bool { self != .assigned }

  /// What stands at the beginning, in lower case.
  private var markers: [String] {
    switch self {
    case .privateKey: ["begin "]
    case .storageKey: ["accountkey="]
    case .sharedAccessKey: ["sharedaccesskey="]
    case .signature: ["?sig=", "&sig=", "&amp;sig=", "\\u0026sig="]
    case .webToken: ["eyj"]
    case .cloudKey: ["akia"]
    case .repositoryToken: ["ghp_", "gho_", "github_pat_"]
    case .chatToken: ["xoxb-", "xoxp-"]
    case .serviceKey: ["aiza"]
    case .assigned:
      [
        "password", "passwd", "client_secret", "clientsecret", "client-secret", "api_key", "apikey",
        "api-key", "subscription-key", "pwd",
      ]
    }
  }

  /// Where each stands for the first time, in order of place.
  static func found(in bytes: [UInt8]) -> [(pattern: SecretPattern, offset: Int)] {
    var found: [(SecretPattern, Int)] = []
    var seen: Set<SecretPattern> = []
    bytes.withUnsafeBufferPointer { text in
      for offset in text.indices {
        let candidates = Self.byFirst[Int(text[offset])]
        guard !candidates.isEmpty else { continue }
        for (pattern, marker) in candidates
        where !seen.contains(pattern) && text.hasMarker(marker, at: offset)
          && pattern.isMet(text, at: offset, after: offset + marker.count)
        {
          seen.insert(pattern)
          found.append((pattern, offset))
        }
      }
    }
    return found
  }

  /// By the first byte of the marker, in both cases.
  private static let byFirst: [[(SecretPattern, [UInt8])]] = {
    var table: [[(SecretPattern, [UInt8])]] = Array(repeating: [], count: 256)
    for pattern in allCases {
      for marker in pattern.markers.map({ Array($0.utf8) }) {
        table[Int(marker[0])].append((pattern, marker))
        let upper = marker[0].uppercased
        if upper != marker[0] { table[Int(upper)].append((pattern, marker)) }
      }
    }
    return table
  }()

  private func isMet(_ text: UnsafeBufferPointer<UInt8>, at start: Int, after: Int) -> Bool {
    switch self {
    case .privateKey:
      let line = text[after..<min(after + 40, text.count)].prefix { $0 != UInt8(ascii: "\n") }
      return start >= 5 && text.hasBytes("-----", at: start - 5)
        && String(decoding: line, as: UTF8.self).contains("PRIVATE KEY-----")
    case .storageKey, .sharedAccessKey: return text.run(from: after, \.isBase64) >= 40
    case .signature: return text.run(from: after, \.isOfAddress) >= 30
    case .webToken:
      let head = text.run(from: after, \.isOfToken)
      let dot = after + head
      guard head >= 10, text.isBoundary(before: start), dot < text.count,
        text[dot] == UInt8(ascii: ".")
      else { return false }
      return text.hasBytes("eyJ", at: dot + 1) && text.hasBytes("eyJ", at: start)
        && text.run(from: dot + 1, \.isOfToken) >= 10
    case .cloudKey:
      return text.hasBytes("AKIA", at: start) && text.isBoundary(before: start)
        && text.run(from: after, \.isUpperOrDigit) == 16
    case .repositoryToken, .chatToken:
      return text.isBoundary(before: start) && text.run(from: after, \.isOfToken) >= 20
    case .serviceKey:
      return text.hasBytes("AIza", at: start) && text.isBoundary(before: start)
        && text.run(from: after, \.isOfToken) == 35
    case .assigned:
      return Self.isAssigned(text, after: after) || Self.isConnecting(text, at: start, after: after)
    }
  }

  /// `"client_secret": "…"`, `password = '…'`, with escaped quotes as well; the value is no expression and no dummy.
  private static func isAssigned(_ text: UnsafeBufferPointer<UInt8>, after: Int) -> Bool {
    var offset = after
    func skip(_ allowed: String) {
      while offset < text.count, allowed.utf8.contains(text[offset]) { offset += 1 }
    }
    skip("\\\"'")
    skip(" \t")
    guard offset < text.count,
      text[offset] == UInt8(ascii: ":") || text[offset] == UInt8(ascii: "=")
    else { return false }
    offset += 1
    skip(" \t")
    let quoted = offset
    skip("\\\"'")
    guard offset > quoted else { return false }
    let value = text[offset..<min(offset + 200, text.count)]
      .prefix { !"\"'\\ \t\r\n<>".utf8.contains($0) }
    let isClosed = value.endIndex < text.count && "\"'\\".utf8.contains(text[value.endIndex])
    return isClosed && isPlausible(value)
  }

  /// `Server=…;User ID=…;Password=…;`: parts of a connection string stand between semicolons.
  private static func isConnecting(
    _ text: UnsafeBufferPointer<UInt8>,
    at start: Int,
    after: Int
  ) -> Bool {
    var before = start - 1
    while before >= 0, text[before] == UInt8(ascii: " ") { before -= 1 }
    guard before >= 0, text[before] == UInt8(ascii: ";"), after < text.count,
      text[after] == UInt8(ascii: "=")
    else { return false }
    let value = text[(after + 1)..<min(after + 200, text.count)]
      .prefix { !";\"'\\ \t\r\n<>".utf8.contains($0) }
    let isClosed = value.endIndex < text.count && ";\"'\\".utf8.contains(text[value.endIndex])
    return isClosed && isPlausible(value)
  }

  /// No expression and no dummy.
  private static func isPlausible(_ value: some Collection<UInt8>) -> Bool {
    let marks = "@$#{}()*[]%".utf8
    return value.count >= 8 && value.contains { $0.isDigit } && value.contains { $0.isLetter }
      && !value.contains { marks.contains($0) } && Set(value).count >= 6
  }
}

extension UInt8 {
  fileprivate var uppercased: UInt8 { (0x61...0x7A).contains(self) ? self - 0x20 : self }
  fileprivate var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self + 0x20 : self }
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isLetter: Bool { (0x61...0x7A).contains(lowercased) }
  fileprivate var isUpperOrDigit: Bool { isDigit || (0x41...0x5A).contains(self) }
  fileprivate var isWord: Bool { isDigit || isLetter || self == UInt8(ascii: "_") }
  fileprivate var isBase64: Bool { isDigit || isLetter || "+/=".utf8.contains(self) }
  fileprivate var isOfAddress: Bool { isWord || "%+/=-".utf8.contains(self) }
  fileprivate var isOfToken: Bool { isWord || self == UInt8(ascii: "-") }
}

extension UnsafeBufferPointer<UInt8> {
  /// - Parameter marker: in lower case.
  fileprivate func hasMarker(_ marker: [UInt8], at offset: Int) -> Bool {
    guard offset + marker.count <= count else { return false }
    for (index, byte) in marker.enumerated() where self[offset + index].lowercased != byte {
      return false
    }
    return true
  }

  fileprivate func hasBytes(_ text: String, at offset: Int) -> Bool {
    offset + text.utf8.count <= count
      && self[offset..<offset + text.utf8.count]
        .elementsEqual(text.utf8)
  }

  fileprivate func run(from offset: Int, _ isPart: (UInt8) -> Bool) -> Int {
    var end = offset
    while end < count, isPart(self[end]) { end += 1 }
    return end - offset
  }

  fileprivate func isBoundary(before offset: Int) -> Bool {
    offset == 0 || !self[offset - 1].isWord
  }
}
