internal import Solutions
internal import Synchronization

/// Ids of answers, of which no two are alike; whoever writes to people who can look into the log names one.
///
/// Nobody has to be unable to guess them, so that the system is asked for something random once.
final class AnswerIDs: Sendable {
  private let ids = Mutex(GUIDSequence())
  private let random = UInt64.random(in: .min ... .max)

  func next(at moment: Timestamp) -> String {
    ids.withLock { $0.next(at: moment, random: random) }.description
  }
}
