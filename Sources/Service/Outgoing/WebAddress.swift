/// Where a request of ours may go: `https://example.com/keys`; plain HTTP on this machine alone, where nobody listens in.
///
/// It is put together again from what was read, so that whoever sends it reads the same host.
package struct WebAddress: Hashable, Sendable {
  /// In lower case; an address of version 6 in its brackets.
  package let host: String
  package let port: Int
  let scheme: Scheme
  /// From the root on, with the query.
  let target: String

  enum Scheme: String {
    case http
    case https
  }

  /// - Returns: nil for what is no such address, also where it names a user or a fragment.
  package init?(_ text: String) {
    guard text.utf8.count <= 2000, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
      let end = text.firstRange(of: "://"),
      let scheme = Scheme(rawValue: text[..<end.lowerBound].lowercased())
    else { return nil }
    let rest = text[end.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let target = rest[authority.endIndex...]
    guard let place = HostPort(String(authority)),
      !target.contains(where: { "#\\\"<>^`{|}".contains($0) })
    else { return nil }
    guard scheme == .https || place.isThisMachine else { return nil }
    host = place.host
    port = place.port ?? (scheme == .https ? 443 : 80)
    self.scheme = scheme
    self.target = target.hasPrefix("/") ? String(target) : "/\(target)"
  }

  /// As it is sent.
  package var text: String { "\(scheme.rawValue)://\(host):\(port)\(target)" }
}

/// A host, and a port where one is named: `example.com`, `127.0.0.1:8080`.
package struct HostPort: Hashable, Sendable {
  package let host: String
  package let port: Int?

  /// - Returns: nil for what is no host.
  package init?(_ text: String) {
    let lower = text.lowercased()
    var name = lower[...]
    var rest: Substring = ""
    if lower.hasPrefix("[") {
      guard let end = lower.firstIndex(of: "]") else { return nil }
      name = lower[...end]
      rest = lower[lower.index(after: end)...]
      let inside = name.dropFirst().dropLast()
      guard !inside.isEmpty, inside.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
        return nil
      }
    } else {
      name = lower.prefix { $0 != ":" }
      rest = lower[name.endIndex...]
      let isName = { (character: Character) in
        character.isASCII && (character.isLetter || character.isNumber || "-.".contains(character))
      }
      guard !name.isEmpty, name.utf8.count <= 253, name.allSatisfy(isName) else { return nil }
    }
    host = String(name)
    guard !rest.isEmpty else {
      port = nil
      return
    }
    guard rest.first == ":", rest.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(rest.dropFirst()), (1...65_535).contains(number)
    else { return nil }
    port = number
  }

  var isThisMachine: Bool { ["127.0.0.1", "localhost", "[::1]"].contains(host) }
}
