/// What a database said when it could not do as told.
package struct SQLError: Error, Equatable, Sendable {
  /// What went wrong, whichever database says so.
  package enum Reason: Hashable, Sendable {
    /// Two rows would be alike in these columns, as the database calls them; none where it cannot tell.
    case notUnique(columns: [String])
    /// There is no place left.
    case full
    case readOnly
    /// Reading or writing failed below the database.
    case unreadable
    case damaged
    /// Somebody else keeps something in it.
    case foreign
    case exists
    case missing
    /// Where it is said to lie is no place.
    case malformed
    /// It is a folder, and no file.
    case folder
    /// Another program is in the way.
    case locked
    /// The server cannot be reached, or cannot any more.
    case disconnected
    case noPrivilege
    case interrupted
    case tooLarge
    /// A row does not hold what its reader expects, since another program has changed it.
    case unexpectedValue
    /// A value that no database keeps.
    case unstorable
    /// What is read without locks was changed meanwhile.
    case changed
    case other
  }

  /// Whether the same may go well another time, or for somebody else: nothing is wrong with what is kept.
  package var isOfTheMoment: Bool {
    switch reason {
    case .locked, .disconnected, .noPrivilege, .interrupted: true
    default: false
    }
  }

  package let reason: Reason
  /// As the database says it, for people only; empty where it said nothing.
  package let code: String
  package let message: String
  /// The statement, where one was running; without its values.
  package let statement: String?
  /// What a person can do about it; nothing of what is in it comes from outside.
  private let way: String?

  package init(
    _ reason: Reason,
    _ message: String,
    code: String = "",
    statement: String? = nil,
    way: String? = nil
  ) {
    self.way = way
    self.reason = reason
    self.code = code
    self.message = message
    self.statement = statement
  }

  /// Two rows would be alike where they must not.
  package var isNotUnique: Bool {
    if case .notUnique = reason { true } else { false }
  }

  /// A row is refused for what is in it, and others are not.
  package var isOfRow: Bool { isNotUnique || reason == .tooLarge }

  /// The same, for whoever has to do with two databases.
  package func of(_ location: String) -> SQLError {
    guard !message.contains(location) else { return self }
    return SQLError(
      reason,
      "\(location): \(message)",
      code: code,
      statement: statement,
      way: way
    )
  }

  package static func readOnly(_ location: String, _ why: String) -> SQLError {
    SQLError(.readOnly, "\(location) is read-only (\(why)); nothing was changed")
  }
}

extension SQLError: CustomStringConvertible {
  /// What a database said gets its code, and what a person can do about it on a line of its own.
  package var description: String { sentence + (hint.map { "\n  → \($0)" } ?? "") }

  /// On a line.
  package var sentence: String { code.isEmpty ? message : "\(message) (database code \(code))" }

  /// What a person can do about it, in words of ours.
  package var hint: String? { way ?? (code.isEmpty ? nil : reason.hint) }
}

extension SQLError.Reason {
  /// What a person can do about it.
  fileprivate var hint: String? {
    switch self {
    case .full: "the disk is full; nothing was changed"
    case .readOnly: "the file cannot be written; nothing was changed"
    case .unreadable: "reading or writing the disk failed; nothing was changed"
    case .damaged: "the file is damaged; strata verify shows where"
    case .locked: "another program keeps the file locked; nothing was changed"
    case .notUnique, .foreign, .exists, .missing, .malformed, .folder, .noPrivilege, .disconnected,
      .interrupted,
      .tooLarge, .unexpectedValue, .unstorable, .changed, .other:
      nil
    }
  }
}
