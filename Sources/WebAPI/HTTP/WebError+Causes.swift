internal import Faces
internal import JSON
internal import Lifecycle
internal import OData
internal import SolutionPackages
internal import Solutions

extension WebError {
  /// What any part of the program throws, as the platform would tell it.
  init(_ error: any Error) {
    switch error {
    case let error as WebError: self = error
    case let error as Lifecycle.EditsRefused: self.init(error.cause)
    case let error as ODataError:
      if error.reason == .unsupported {
        self.init(missing: error.message)
      } else {
        self.init(400, "0x80060888", "Syntax error: \(error)")
      }
    case let error as JSONError: self = .badBody("The body is no JSON: \(error)")
    case let error as RowEditError: self.init(error)
    case let error as QueryError: self = .badQuery(error.prose.text)
    case let error as BadRows:
      let row = error.rows.first
      self.init(
        row?.message.contains("another row has the same") == true ? 412 : 400,
        row?.message.contains("another row has the same") == true ? "0x80060892" : "0x80048d19",
        row.map { ($0.field.map { "\($0): " } ?? "") + $0.message } ?? error.prose.text
      )
    case let error as RowsHeld: self.init(405, "0x80040227", error.prose.text)
    case let error as PackageError: self.init(400, error.platformCode, error.prose.text)
    case let error as RowsRefused: self = .badBody(error.prose.text)
    case is CancellationError: self.init(503, "", "the service is ending; nothing was changed")
    default: self.init(Failure(error))
    }
  }

  private init(_ error: RowEditError) {
    switch error {
    case .missing(let table, let name): self = .noRow(table, name)
    case .exists: self = .exists
    case .otherVersion: self = .otherVersion
    case .keyTaken(let table, let key):
      self.init(
        412,
        "0x80060892",
        "A record that has the attribute values of the key \(key) of \(table) already exists."
      )
    case .noSuchKey: self.init(400, "0x80060891", error.prose.text)
    case .leadsElsewhere: self = .badBody(error.prose.text)
    }
  }

  /// Where no code of the platform is known, ours stands in the message.
  private init(_ failure: Failure) {
    let message = failure.prose.text
    // Findings have the codes of the platform where it has one.
    if failure.code.hasPrefix("0x") {
      self.init(400, failure.code.lowercased(), message)
      return
    }
    switch Failure.Code(rawValue: failure.code) {
    case .busy: self.init(429, "0x80071151", message)
    case .usage, .badQuery: self.init(400, "0x80060888", message)
    case .badRows: self.init(400, "0x80048d19", message)
    case .unsupported: self.init(missing: message)
    case .notAllowed: self.init(403, "0x80040220", message)
    case .noSuchComponent, .notInstalled: self.init(404, "0x80040217", message)
    case .tooMuch: self.init(413, "", message)
    case .refused, .stalePlan, .consentMissing: self.init(400, "", "\(message) (\(failure.code))")
    default: self.init(500, "0x80040216", "\(message) (\(failure.code))")
    }
  }
}

extension PackageError {
  /// The platform's own code where the finding has one.
  fileprivate var platformCode: String {
    let code = finding.code
    return code.hasPrefix("0x") ? code.lowercased() : "0x80048000"
  }
}
