/// What a database said when it could not do as told.
package struct SQLError: Error, Equatable, Sendable {
  /// SQLSTATE, or SQLite's extended result code as a number.
  package let code: String
  package let message: String
  /// The statement, where one was running.
  package let statement: String?
  /// What a person can do about it; empty, or lines of its own.
  package let hint: String

  package init(code: String, message: String, statement: String? = nil, hint: String = "") {
    self.code = code
    self.message = message
    self.statement = statement
    self.hint = hint
  }

  /// A row does not hold what its reader expects: the file was changed by another program.
  package static let unexpectedValue = "strata.unexpected-value"
  /// Two rows would be alike where they must not; the rest of the transaction stands.
  package var isNotUnique: Bool { ["1555", "2067", "23505"].contains(code) }

  package static let exists = "strata.exists"
  package static let missing = "strata.missing"
  /// A file that somebody else keeps something in.
  package static let foreign = "strata.foreign"
  package static let folder = "strata.folder"
  package static let unreadable = "strata.unreadable"
  package static let readOnlyCode = "strata.read-only"
  /// A file that is read without locks, since it cannot be written here, was changed by another who can.
  package static let changed = "strata.changed"

  package static func readOnly(_ location: String, _ why: String) -> SQLError {
    SQLError(code: readOnlyCode, message: "\(location) is read-only (\(why)); nothing was changed")
  }
}

extension SQLError: CustomStringConvertible {
  /// Codes of our own are for programs.
  package var description: String {
    code.hasPrefix("strata.") ? message : "\(message) (database code \(code))\(hint)"
  }
}
