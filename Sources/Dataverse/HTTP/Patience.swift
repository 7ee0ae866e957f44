/// What is done with the status of an answer.
enum Verdict: Equatable {
  case take
  /// Asked again after so many seconds.
  case wait(seconds: Int)
  /// Asked again with another token.
  case signIn
  /// The service does not say.
  case refused
  case giveUp

  /// A service that is asked again and again for one thing is left alone at last.
  static let attemptsMax = 7
  /// Of one wait; a service that asks for more is not waited for.
  static let secondsMax = 600

  /// - Parameters:
  ///   - attempt: how often it was asked before, from 0.
  ///   - hasSignedIn: whether another token was taken for it.
  init(status: Int, retryAfter: Int?, attempt: Int, hasSignedIn: Bool) {
    switch status {
    case 200..<300: self = .take
    case 401: self = hasSignedIn ? .giveUp : .signIn
    case 408, 425, 429, 500, 502, 503, 504:
      // Twice as long each time, where the service does not say how long.
      let seconds = max(retryAfter ?? (1 << min(attempt, 6)), 0)
      let isPatient = attempt + 1 < Self.attemptsMax && seconds <= Self.secondsMax
      // Who is too busy may answer tomorrow; what fails each time is told as not answered.
      let isBusy = status == 429 || status == 503
      self = isPatient ? .wait(seconds: seconds) : isBusy ? .giveUp : .refused
    default: self = .refused
    }
  }
}
