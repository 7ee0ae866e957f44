/// Where a service is: `https://contoso.crm.dynamics.com`; plain HTTP only on this machine, where nobody listens in.
package struct ServiceAddress: Equatable, Sendable {
  /// Scheme, host and port, without a slash behind.
  package let origin: String

  /// Of one answer; pages and batches are smaller.
  static let answerBytesMax = 32 << 20

  /// - Returns: nil for what is no such address.
  package init?(_ text: String) {
    var rest = text[...]
    while rest.last == "/" { rest = rest.dropLast() }
    guard let end = rest.firstRange(of: "://") else { return nil }
    let scheme = rest[..<end.lowerBound].lowercased()
    let authority = rest[end.upperBound...].lowercased()
    let allowed = authority.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || [0x2D, 0x2E, 0x3A].contains($0)
    }
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard allowed, let host = parts.first, !host.isEmpty, parts.count <= 2,
      parts.count == 1 || UInt16(parts[1]) != nil
    else { return nil }
    switch scheme {
    case "https": break
    case "http": guard host == "127.0.0.1" || host == "localhost" else { return nil }
    default: return nil
    }
    origin = "\(scheme)://\(authority)"
  }

  /// A link to a next page, as a path below the root; nil where it leads elsewhere.
  func path(ofLink link: String) -> String? {
    guard link.lowercased().hasPrefix(origin) else { return nil }
    let target = link.dropFirst(origin.count)
    guard let root = target.firstRange(of: "/api/data/v"), root.lowerBound == target.startIndex,
      let slash = target[root.upperBound...].firstIndex(of: "/")
    else { return nil }
    let path = target[target.index(after: slash)...]
    // What stands in a request line has no blanks and no control characters.
    return path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? String(path) : nil
  }
}

/// Why nothing can be learned of a service.
package enum DataverseError: Error, Equatable, Sendable {
  case unreachable(String)
  /// An answer is longer than anything that is asked for.
  case tooLong(String)
  /// The service does not know who asks, or lets nobody in.
  case notSignedIn(String)
  /// It failed again and again, or asked for more patience than there is.
  case failing(question: String, status: Int)
  /// An answer is not what is documented.
  case unreadable(question: String, reason: String)
  /// More requests would be sent than are allowed.
  case tooMany(most: Int)
  /// What an earlier run left belongs to another one.
  case otherRun(String)
}
