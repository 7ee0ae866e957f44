/// Why a request cannot be read, and where.
package struct ODataError: Error, Equatable, Sendable {
  package enum Reason: Equatable, Sendable {
    case malformed
    /// Longer or deeper than anything that is read.
    case tooLarge
    /// Part of OData, and not of this reader.
    case unsupported
  }

  package let reason: Reason
  package let message: String
  /// Such as `$filter` or the path.
  package let part: String
  /// Bytes of the part before it.
  package let place: Int

  package init(_ reason: Reason, _ message: String, in part: String, at place: Int) {
    self.reason = reason
    self.message = message
    self.part = part
    self.place = place
  }
}

extension ODataError: CustomStringConvertible {
  package var description: String { "\(message) at position \(place) of \(part)" }
}

/// What one request may hold; every number is inclusive.
package enum ODataLimits {
  /// Bytes of one option, or of the path, once percent signs are resolved.
  package static let bytes = 1 << 16
  /// Expressions around an expression, and options around an option.
  package static let depth = 64
  /// Names, values and operators of one option.
  package static let tokens = 20_000
  /// Options of one request.
  package static let options = 200
}
