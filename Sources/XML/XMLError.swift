/// Why a document was refused, and where.
package struct XMLError: Error, Equatable, Sendable {
  package enum Reason: Equatable, Sendable {
    case notWellFormed
    case documentType
    case encoding
    case nul
    case tooLarge
    case tooDeep
    case tooManyAttributes
    case tooManyNames
    case outOfMemory
  }

  package let reason: Reason
  /// 1-based line in the document; 0 where no line can be named.
  package let line: Int
  package let message: String

  package init(reason: Reason, line: Int, message: String) {
    self.reason = reason
    self.line = line
    self.message = message
  }
}
