internal import Hashing

/// A text that stands in the environment's own row and nowhere else: a value of a secret variable, the id of a connection
/// (docs/decisions/078).
///
/// Whoever tells of it says that it is set, or gives its digest. Interpolated, printed or looked at in any other way it is
/// its own digest, too.
package struct Secret: Sendable {
  private let text: String
  /// `hmac-sha256:…`, equal for equal texts of one environment; nil where there is none.
  private let digest: String?

  /// - Parameter seal: of the environment that it belongs to; nil without one.
  package init(_ text: String, seal: Seal?) {
    self.text = text
    digest = seal?.digest(of: text)
  }

  /// For the row that it stands in, and nobody else.
  package var revealed: String { text }

  /// Whether this is it.
  func holds(_ text: String) -> Bool { self.text == text }
}

extension Secret: Equatable {
  package static func == (left: Secret, right: Secret) -> Bool { left.text == right.text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { digest ?? "set" }

  package var debugDescription: String { description }

  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The key that an environment keeps to itself: with it a secret has a digest that says whether it has changed, and that
/// nobody can guess the secret from.
package struct Seal: Equatable, Sendable {
  package static let size = 32

  private let key: [UInt8]

  /// nil for what is not 32 bytes.
  package init?(key: [UInt8]) {
    guard key.count == Self.size else { return nil }
    self.key = key
  }

  func digest(of text: String) -> String {
    "hmac-sha256:\(SHA256Digest.keyed(key, of: Array(text.utf8)))"
  }
}
