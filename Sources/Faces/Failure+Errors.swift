internal import Lifecycle
internal import SQL
package import SolutionPackages
internal import SolutionStore
package import Solutions

extension Failure {
  /// What any part of the program throws.
  package init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as PackageError: self.init(error)
    case let error as LifecycleError: self.init(error)
    case let error as StoreError:
      self.init(Self.code(of: error), error, Self.status(of: error))
    case let error as SQLError:
      self.init(Self.code(of: error), "\(error.sentence)", remedy: error.hint.map { "\($0)" })
    case let error as CopyError: self.init(Self.code(of: error), error)
    case let error as StrangersInside: self.init(.notAnEnvironment, error)
    case let error as QueryError: self.init(.badQuery, error)
    case let error as BadRows: self.init(.badRows, error, 4)
    case let error as RowsHeld: self.init(.rowsHeld, error, 4)
    case let error as RowsRefused: self.init(.badRows, error, 4)
    case let error as MigrationRefused: self.init(.badRows, error, 4)
    case let error as RowsConsentMissing: self.init(.consentMissing, error, 3)
    case let error as RowChanged: self.init(.stalePlan, error, 4)
    case let error as RowsOutdated: self.init(.stalePlan, error, 4)
    case let error as any CodedError: self.init(error.code, error)
    case is CancellationError: self.init(.cancelled, "cancelled; nothing was changed")
    case let error as any ProseError: self.init(.other, error)
    default: self.init(.other, .foreign("\(error)"))
    }
  }

  /// Words from below, which say on a line of its own what to do.
  private init(_ code: Code, _ error: any ProseError, _ status: Int32 = 1) {
    // What is foreign has no line breaks.
    let (message, way) = error.prose.cut(at: "\n  → ")
    let remedy = (error as? any RemediedError)?.remedy.map { "\(Remedies.spelled($0))" as Prose }
    self.init(code, message, remedy: remedy ?? way, status: status)
  }

  fileprivate init(_ error: PackageError) {
    let finding = error.finding
    let place =
      finding.at.flatMap { $0.line > 0 ? "\n  at \($0.file):\($0.line)" as Prose : nil } ?? ""
    let reasons = finding.because.map { "\n  \($0)" as Prose }.joined()
    self.init(
      code: "\(finding.code)",
      "\(error.file): \(finding.message) (\(finding.code), \(finding.rule.id))\(reasons.isEmpty ? place : reasons)",
      remedy: Remedies.sentence(of: finding).map { "\($0)" },
      status: 1
    )
  }

  private init(_ error: LifecycleError) {
    switch error {
    case .busy: self.init(.busy, error)
    case .refused: self.init(.refused, error, 4)
    case .planChanged: self.init(.stalePlan, error, 4)
    case .consentMissing: self.init(.consentMissing, error, 3)
    case .noSuchOperation: self.init(.noSuchOperation, error)
    }
  }

  private static func code(of error: StoreError) -> Code {
    switch error {
    case .notAnEnvironment: .notAnEnvironment
    case .unfinishedCopy: .unfinishedCopy
    case .tooNew: .newerEnvironment
    case .tooOld: .olderEnvironment
    case .stale: .stalePlan
    case .unfaithful: .unfaithful
    case .damaged, .otherSchema: .damaged
    case .unreachable: .unreachable
    case .noSuchTrash, .liesElsewhere, .sameTrash: .noSuchTrash
    case .keyFails: .badRows
    case .noSuchRevision: .noSuchOperation
    case .tableTaken: .database
    }
  }

  private static func code(of error: CopyError) -> Code {
    switch error {
    case .tooWide: .database
    case .differs: .unfaithful
    case .other: .environmentExists
    case .broken: .damaged
    }
  }

  private static func status(of error: StoreError) -> Int32 {
    if case .stale = error { 4 } else { 1 }
  }

  private static func code(of error: SQLError) -> Code {
    switch error.reason {
    case .missing: .noEnvironment
    case .exists: .environmentExists
    case .foreign, .folder: .notAnEnvironment
    case .readOnly, .noPrivilege: .readOnly
    case .damaged, .unexpectedValue: .damaged
    case .unstorable, .malformed: .usage
    case .locked: .busy
    case .tooLarge: .tooMuch
    case .notUnique, .full, .unreadable, .disconnected, .interrupted, .changed, .other: .database
    }
  }
}

extension Failure {
  /// A refusal with the code and the way out of what stands in the way.
  package init(refused message: Prose, by finding: Finding?) {
    self.init(
      code: finding.map { "\($0.code)" } ?? Code.refused.rawValue,
      message,
      remedy: finding.flatMap { Remedies.sentence(of: $0) }.map { "\($0)" },
      status: 4
    )
  }
}

extension PackageError: ProseError {
  /// What went wrong, where, and the way out.
  package var prose: Prose { Failure(self).prose }
}

/// An error of a face itself, with the code that tells it.
package protocol CodedError: ProseError {
  var code: Failure.Code { get }
}
