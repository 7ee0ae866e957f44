/// An operation that was begun; tells the tale of those that failed, were cancelled or cut off.
package struct Attempt: Equatable, Sendable {
  package let id: String
  package let verb: String
  package let title: String
  package let who: String
  package let process: Int
  package let started: Timestamp
  /// nil while it runs.
  package let ended: Timestamp?
  package let outcome: Outcome
  package let message: String?
  /// Its number in the history; nil where it changed nothing.
  package let operation: Int?

  package enum Outcome: String, CaseIterable, Sendable {
    case running
    case done
    case refused
    case failed
    /// Whoever asked for it gave it up before anything was changed.
    case cancelled
    /// The process ended before the operation; nothing of it is there.
    case interrupted
  }

  package init(
    id: String,
    verb: String,
    title: String,
    who: String,
    process: Int,
    started: Timestamp,
    ended: Timestamp?,
    outcome: Outcome,
    message: String?,
    operation: Int?
  ) {
    self.id = id
    self.verb = verb
    self.title = title
    self.who = who
    self.process = process
    self.started = started
    self.ended = ended
    self.outcome = outcome
    self.message = message
    self.operation = operation
  }

  /// The same, known to run no more.
  package var cutOff: Attempt {
    Attempt(
      id: id,
      verb: verb,
      title: title,
      who: who,
      process: process,
      started: started,
      ended: nil,
      outcome: .interrupted,
      message: message,
      operation: operation
    )
  }
}
