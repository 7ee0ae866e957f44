/// Why a document was refused, and where.
package struct JSONError: Error, Equatable, Sendable {
  package enum Reason: Equatable, Sendable {
    case notWellFormed
    /// Not UTF-8, nor UTF-16 with its mark; or half a surrogate pair.
    case encoding
    /// A name stands twice in one object (RFC 8259 §4 leaves open what that means).
    case repeatedName
    case tooLarge
    case tooManyValues
    case tooDeep
  }

  package let reason: Reason
  /// 1-based; 0 where no place can be named.
  package let line: Int
  /// 1-based, in characters; 0 where no place can be named.
  package let column: Int
  package let message: String
}

extension JSONError: CustomStringConvertible {
  package var description: String { line > 0 ? "line \(line): \(message)" : message }
}
