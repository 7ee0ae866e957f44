/// What a database said when it could not do as told.
package struct SQLError: Error, Equatable, Sendable {
  /// SQLSTATE, or SQLite's extended result code as a number.
  package let code: String
  package let message: String
  /// The statement, where one was running.
  package let statement: String?

  package init(code: String, message: String, statement: String? = nil) {
    self.code = code
    self.message = message
    self.statement = statement
  }

  /// A row does not hold what its reader expects: the file was changed by another program.
  package static let unexpectedValue = "strata.unexpected-value"
  /// Two rows would be alike where they must not; the rest of the transaction stands.
  package var isNotUnique: Bool { ["1555", "2067", "23505"].contains(code) }

  package static let exists = "strata.exists"
  package static let missing = "strata.missing"
  /// A file that somebody else keeps something in.
  package static let foreign = "strata.foreign"
}

extension SQLError: CustomStringConvertible {
  package var description: String { "\(message) (database code \(code))" }
}
