internal import Contract
internal import Solutions

/// One apply that somebody asked for: what it is about, how far it is, and what became of it.
struct Job: Shape {
  static let format = "strata.job"

  enum State: String, Codable, Sendable {
    case running
    case done
    /// The plan is not to be applied: it was refused, is another one by now, or nobody agreed to what it destroys.
    case refused
    case failed
    /// The service ended before the operation did; nothing of it is there.
    case interrupted
  }

  /// Also the id of the attempt in the history of the environment.
  let id: String
  let title: String
  let who: String
  /// Of the plan that is applied; empty of what changes nothing.
  let plan: String
  /// What it does, such as `import`, or `rows`; absent in jobs of before.
  var verb: String?
  let started: String
  var ended: String?
  var state = State.running
  /// How far it is: the step, in words, and its share of all in percent.
  var step: String?
  var percent: Int?
  /// The number in the history; null where nothing was done.
  @Nullable var operation: Int?
  @Nullable var failure: ErrorShape?
  var warnings: [String] = []
  /// What a client of the Web API asked for, and of which solution; absent in all others.
  var message: String?
  var solution: String?

  var isOver: Bool { state != .running }
  var isPlanned: Bool { !plan.isEmpty }

  init(
    id: String,
    title: String,
    who: String,
    plan: String,
    verb: String? = nil,
    started: Timestamp
  ) {
    self.id = id
    self.title = title
    self.who = who
    self.plan = plan
    self.verb = verb
    self.started = started.description
    operation = nil
    failure = nil
  }
}

/// The steps of an operation, in the order in which they end.
enum JobStep {
  private static let steps: [(name: String, words: String)] = [
    ("claimed", "It has its turn"), ("attempt-begun", "Planning again, to compare"),
    ("planned", "The plan is the one that was approved"), ("components-numbered", "Components"),
    ("publishers-written", "Publishers"), ("solutions-written", "Solutions"),
    ("layers-written", "Layers"), ("settings-written", "Settings"),
    ("schema-written", "Tables and columns"), ("packages-kept", "Packages"),
    ("history-written", "History"), ("revision-raised", "Comparing what was written with the plan"),
    ("before-commit", "Writing to disk"), ("committed", "Done"),
  ]

  static func told(_ name: String) -> (words: String, percent: Int)? {
    guard let at = steps.firstIndex(where: { $0.name == name }) else { return nil }
    return (steps[at].words, (at + 1) * 100 / steps.count)
  }
}
