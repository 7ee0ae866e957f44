import Contract

/// Why a command came to nothing: a code for programs, words for people, the way on.
struct Failure: Error, CustomStringConvertible {
  /// Each has a row in docs/json.md.
  enum Code: String, CaseIterable {
    case usage
    case unreadable
    case unwritable
    case wouldOverwrite = "would-overwrite"
    case lostOutput = "lost-output"
    case noEnvironment = "no-environment"
    case environmentExists = "environment-exists"
    case notAnEnvironment = "not-an-environment"
    case newerEnvironment = "newer-environment"
    case olderEnvironment = "older-environment"
    case readOnly = "read-only"
    case damaged
    case unfaithful
    case unreachable
    case database
    case busy
    case cancelled
    case unsupported
    case notInstalled = "not-installed"
    case notKept = "not-kept"
    case noSuchComponent = "no-such-component"
    case ambiguousComponent = "ambiguous-component"
    case noSuchProperty = "no-such-property"
    case noSuchOperation = "no-such-operation"
    case noSuchTrash = "no-such-trash"
    case draftOnly = "draft-only"
    case badState = "bad-state"
    case badRows = "bad-rows"
    case rowsHeld = "rows-held"
    case consentMissing = "consent-missing"
    case badQuery = "bad-query"
    case stalePlan = "stale-plan"
    case refused
    case other
  }

  /// A `Code`, or that of a finding.
  let code: String
  let message: String
  let remedy: String?
  let status: Int32

  init(_ code: Code, _ message: String, remedy: String? = nil, status: Int32 = 1) {
    self.init(code: code.rawValue, message, remedy: remedy, status: status)
  }

  init(code: String, _ message: String, remedy: String?, status: Int32) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.status = status
  }

  var description: String { message + (remedy.map { "\n  → \($0)" } ?? "") }

  var shape: ErrorShape {
    ErrorShape(code: code, message: message, remedy: remedy, exitStatus: status)
  }
}
