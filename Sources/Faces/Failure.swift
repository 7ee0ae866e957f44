package import Contract
package import Solutions

/// Why a command came to nothing: a code for programs, words for people, the way on.
package struct Failure: ProseError {
  /// Each has a row in docs/json.md.
  package enum Code: String, CaseIterable, Sendable {
    case usage
    case unreadable
    case unwritable
    case wouldOverwrite = "would-overwrite"
    case lostOutput = "lost-output"
    case noEnvironment = "no-environment"
    case environmentExists = "environment-exists"
    case notAnEnvironment = "not-an-environment"
    case unfinishedCopy = "unfinished-copy"
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
    case noProc = "no-proc"
    case notInstalled = "not-installed"
    case notKept = "not-kept"
    case noSuchComponent = "no-such-component"
    case ambiguousComponent = "ambiguous-component"
    case noSuchProperty = "no-such-property"
    case noSuchOperation = "no-such-operation"
    case noSuchTrash = "no-such-trash"
    case noSuchTopic = "no-such-topic"
    case noSuchPackage = "no-such-package"
    case noSuchPlan = "no-such-plan"
    case noSuchJob = "no-such-job"
    case noSuchPage = "no-such-page"
    case notSignedIn = "not-signed-in"
    case notAllowed = "not-allowed"
    case tooMuch = "too-much"
    case tooMany = "too-many"
    case tooSlow = "too-slow"
    case noAnswer = "no-answer"
    case notFromHere = "not-from-here"
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
  package let code: String
  package let message: Prose
  package let remedy: Prose?
  /// With which a command ends.
  package let status: Int32

  package init(_ code: Code, _ message: Prose, remedy: Prose? = nil, status: Int32 = 1) {
    self.init(code: code.rawValue, message, remedy: remedy, status: status)
  }

  package init(code: String, _ message: Prose, remedy: Prose?, status: Int32) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.status = status
  }

  /// Of wrong usage.
  package static let wrongUsage: Int32 = 64

  package var prose: Prose { message + (remedy.map { "\n  → \($0)" as Prose } ?? "") }

  package var shape: ErrorShape {
    ErrorShape(code: code, message: message.text, remedy: remedy?.text, exitStatus: status)
  }
}
