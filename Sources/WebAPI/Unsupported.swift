internal import Synchronization

/// What clients asked for and did not get: what to build next.
package final class Unsupported: Sendable {
  package struct Entry: Sendable {
    /// The same words for the same thing.
    package let feature: String
    package var count: Int
    /// The last request: its method, the path that it asked for and the program that did.
    package var method: String
    package var path: String
    package var client: String
  }

  /// Different things at most: what comes after them is counted together.
  private static let most = 500

  private let entries = Mutex<[String: Entry]>([:])

  func note(_ feature: String, by request: WebRequest) {
    entries.withLock { entries in
      let name = entries[feature] == nil && entries.count >= Self.most ? "others" : feature
      var entry =
        entries[name] ?? Entry(feature: name, count: 0, method: "", path: "", client: "")
      entry.count += 1
      entry.method = String(request.method.prefix(20))
      entry.path = String(request.path.prefix(500))
      entry.client = String((request.headers["User-Agent"] ?? "").prefix(200))
      entries[name] = entry
    }
  }

  /// The most asked for first.
  package var all: [Entry] {
    entries.withLock { $0.values.sorted { ($1.count, $0.feature) < ($0.count, $1.feature) } }
  }
}
