import Dataverse
import Faces
import Solutions

extension Failure {
  /// Why a pull came to nothing; what was told so far is kept.
  init(_ error: DataverseError, _ address: ServiceAddress, journal: String) {
    let goOn: Prose = "the same command again: it goes on where it was (\(journal))"
    switch error {
    case .unreachable(let reason):
      self.init(
        .noAnswer,
        "\(address.origin) was not reached: \(reason.shown(200))",
        remedy: goOn
      )
    case .tooLong(let target):
      self.init(.tooMuch, "the answer to \(target.shown(120)) is longer than any that is expected")
    case .notSignedIn(let reason):
      self.init(
        .notSignedIn,
        "\(address.origin) does not let this account in\(reason.isEmpty ? "" : ": \(reason.shown(200))")",
        remedy: goOn
      )
    case .failing(let question, let status):
      self.init(
        .noAnswer,
        "\(address.origin) was asked \(question.shown(120)) again and again, and answered \(status)",
        remedy: goOn
      )
    case .unreadable(let question, let reason):
      self.init(
        .noAnswer,
        "what \(address.origin) answers to \(question.shown(120)) is not what is documented: \(reason.shown(200))"
      )
    case .tooMany(let most):
      self.init(
        .tooMany,
        "more than \(most) questions would be asked",
        remedy: "a larger --max-requests; \(goOn)"
      )
    case .otherRun:
      self.init(.wouldOverwrite, "\(journal) is what another pull has left")
    }
  }
}
