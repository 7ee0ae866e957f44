package import SQL
internal import SolutionStore
package import Solutions

/// The only door to an environment: every change goes through `perform`, one at a time.
package struct Lifecycle: Sendable {
  let store: SolutionStore
  private(set) var surroundings: Surroundings
  /// How long an operation waits for its turn.
  private var patience = Duration.zero
  /// Told how far an operation is, by the names of its steps.
  private var onStep: @Sendable (String) -> Void = { _ in }

  /// What the core does not ask for itself.
  package struct Surroundings: Sendable {
    package let clock: @Sendable () -> Timestamp
    package let newID: @Sendable () -> String
    package let process: Int

    package init(
      clock: @escaping @Sendable () -> Timestamp,
      newID: @escaping @Sendable () -> String,
      process: Int
    ) {
      self.clock = clock
      self.newID = newID
      self.process = process
    }
  }

  init(store: SolutionStore, surroundings: Surroundings) {
    self.store = store
    self.surroundings = surroundings
  }

  /// The door to an environment that is there; takes the migrations it lacks, unless it is only to be read.
  ///
  /// - Throws: `StoreError` for what is no environment, or was written by a newer or, where it is only to be read, by an
  ///   older release; `SQLError` of the database.
  package static func open(
    _ database: any SQLDatabase,
    surroundings: Surroundings
  ) async throws -> Lifecycle {
    Lifecycle(store: try await SolutionStore.open(database), surroundings: surroundings)
  }

  /// For what is made from outside: ids that rise.
  package var newID: @Sendable () -> String { surroundings.newID }

  /// What people should know of what the opening changed, in words: it is said once.
  package var notices: [String] { store.notices }

  /// A new environment in an empty database.
  ///
  /// - Throws: `SQLError.exists` where something is in it.
  package static func create(
    in database: any SQLDatabase,
    id: GUID,
    surroundings: Surroundings
  ) async throws -> Lifecycle {
    let moment = surroundings.clock()
    let store = try await SolutionStore.create(in: database, id: id, at: moment)
    return Lifecycle(store: store, surroundings: surroundings)
  }

  /// The same, whose operations wait for their turn.
  package func waiting(atMost patience: Duration) -> Lifecycle {
    var lifecycle = self
    lifecycle.patience = patience
    return lifecycle
  }

  /// The same, whose next operation is told of, and known in the history of attempts by an id.
  package func reporting(
    _ id: String,
    _ onStep: @escaping @Sendable (_ step: String) -> Void
  ) -> Lifecycle {
    var lifecycle = self
    lifecycle.surroundings = Surroundings(
      clock: surroundings.clock,
      newID: { id },
      process: surroundings.process
    )
    lifecycle.onStep = onStep
    return lifecycle
  }

  /// What a request would do and what would be lost; waits for nobody.
  ///
  /// - Parameter counting: of what is lost.
  /// - Throws: `LifecycleError.noSuchOperation`, `StoreError` for what is not there or damaged, `SQLError`. What refuses the
  ///   plan is in it.
  package func plan(
    _ request: Request,
    counting: Counting = .reported { _ in }
  ) async throws -> Plan {
    try await store.read { reader in
      try reader.requireHistory(since: request.verb.undone)
      let plan = try Self.held(try request.verb.plan(reader).plan, in: reader)
      return try Self.counted(plan, in: reader, counting)
    }
  }

  /// The layers of a component, and what a request would make of them; nil where there are none.
  ///
  /// - Throws: as `plan`.
  package func preview(
    _ request: Request,
    of id: ComponentID
  ) async throws -> (before: LayerStack?, after: LayerStack?) {
    try await store.read { reader in
      try reader.requireHistory(since: request.verb.undone)
      let (plan, before) = try request.verb.plan(reader)
      return (before.stacks[id], before.applying(plan).stacks[id])
    }
  }

  /// With what the environment has no room for.
  private static func held(_ plan: Plan, in reader: StoreReader) throws -> Plan {
    plan.telling(try reader.shortages(of: plan))
  }

  private static func counted(
    _ plan: Plan,
    in reader: StoreReader,
    _ counting: Counting
  ) throws -> Plan {
    guard case .reported(let report) = counting else { return plan.answered([:]) }
    if let told = try reader.facts() {
      // Rows of the live environment lie there: it has counted them, and nobody can ask them.
      return plan.answered([:]).counting(told.facts.counts, kinds: reader.kinds)
        .counting(data: try reader.counts(of: plan.dataSteps))
    }
    let plan = plan.answered(try reader.answers(to: plan.findings.flatMap(\.questions)))
      .telling(try reader.equalRows(of: plan), kinds: reader.kinds)
      .counting(try reader.counts(of: plan.turns))
      .counting(returned: try reader.counts(returning: plan.returning))
      .counting(data: try reader.counts(of: plan.dataSteps))
    guard plan.changes.contains(where: { $0.action == .delete }) else { return plan }
    return plan.counting(try reader.losses(of: plan, report: report), kinds: reader.kinds)
  }

  /// What was done.
  package struct Done: Sendable {
    package let plan: Plan
    /// nil when there was nothing to do.
    package let operation: Int?
    /// What did not come out as one would wish: a key over rows that are not unique.
    package let warnings: [String]
  }

  /// Whether to count what is lost before it goes.
  package enum Counting: Sendable {
    /// Nothing is counted: it takes the same time whatever is in the tables.
    case skipped
    case reported(@Sendable (CountingProgress) -> Void)
  }

  /// Plans and applies in one transaction.
  ///
  /// - Parameters:
  ///   - caller: who asks for it.
  ///   - consent: what may be destroyed.
  ///   - isExpected: whether a plan is the one that was shown before; where it is not nothing happens.
  ///   - options: what was chosen, for the history.
  ///   - counting: of what is lost.
  /// - Throws: `LifecycleError` for what is refused, `StoreError` for what is not there or damaged, `SQLError`,
  ///   `CancellationError`; nothing is changed then.
  @discardableResult
  package func perform(
    _ request: Request,
    by caller: Caller,
    consent: Consent = .none,
    expecting isExpected: @escaping @Sendable (Plan) throws -> Bool = { _ in true },
    options: OperationOptions? = nil,
    counting: Counting = .reported { _ in }
  ) async throws -> Done {
    try await operate(request.verb.name, request.title, by: caller, options) {
      transaction,
      record,
      clock in
      let done = try Self.apply(
        request,
        in: transaction,
        consent: consent,
        expecting: isExpected,
        as: record,
        counting: counting,
        clock: clock
      )
      return (done, done.operation)
    }
  }

  /// One transaction that nobody else steps into; its tale is told whatever becomes of it.
  func operate<Value: Sendable>(
    _ verb: String,
    _ title: String,
    by caller: Caller,
    _ options: OperationOptions? = nil,
    _ body:
      @escaping @Sendable (
        _ transaction: StoreTransaction,
        _ record: OperationRecord,
        _ clock: @Sendable () -> Timestamp
      ) throws -> (Value, operation: Int?)
  ) async throws -> Value {
    let claim = try await claim(for: title)
    defer { withExtendedLifetime(claim) {} }
    hit("claimed")
    let clock = surroundings.clock
    let record = OperationRecord(
      verb: verb,
      title: title,
      who: caller.description,
      started: clock(),
      options: options
    )
    let attempt = try await begin(record)
    hit("attempt-begun")
    do {
      let value = try await store.write(onStep: hit) { transaction in
        let (value, operation) = try body(transaction, record, clock)
        try transaction.history.end(attempt, .done, message: nil, operation: operation, at: clock())
        hit("before-commit")
        return value
      }
      hit("committed")
      return value
    } catch {
      try await end(attempt, error)
      throw error
    }
  }

  /// The end of a step.
  private func hit(_ step: String) {
    onStep(step)
    Failpoint.hit(step)
  }

  /// What a body leaves is taken back whatever it is; only its answer stays.
  func rehearse<Value: Sendable>(
    _ title: String,
    _ body: @escaping @Sendable (StoreTransaction) throws -> Value
  ) async throws -> Value {
    let claim = try await claim(for: title)
    defer { withExtendedLifetime(claim) {} }
    return try await store.rehearse(body)
  }

  /// The right to change the environment, now or as soon as another lets it go.
  func claim(for title: String) async throws -> any SQLClaim {
    guard let claim = try await store.database.claim(waiting: patience) else {
      throw LifecycleError.busy(wanted: title, running: try await running())
    }
    return claim
  }

  private static func apply(
    _ request: Request,
    in transaction: StoreTransaction,
    consent: Consent,
    expecting isExpected: (Plan) throws -> Bool,
    as record: OperationRecord,
    counting: Counting,
    clock: () -> Timestamp
  ) throws -> Done {
    let reader = transaction.reader
    try reader.requireHistory(since: request.verb.undone)
    try reader.checkpoint()
    let promise = try request.verb.promise(reader)
    let (found, before) = try request.verb.plan(reader)
    let bare = try held(found, in: reader)
    try reader.checkpoint()
    let plan = try counted(bare, in: reader, counting)
    transaction.onStep("planned")
    guard try isExpected(plan) else { throw LifecycleError.planChanged(plan) }
    guard plan.isApplicable else { throw LifecycleError.refused(plan) }
    let destroyed = plan.deletions(without: consent)
    guard destroyed.isEmpty else { throw LifecycleError.consentMissing(plan, destroyed) }
    guard !plan.effects.isEmpty else { return Done(plan: plan, operation: nil, warnings: []) }
    // The last: from here on it is done.
    try reader.checkpoint()
    let done = try PlanWriter(transaction).apply(
      plan,
      on: before,
      promising: promise,
      packages: request.verb.archives.map { ($0.package, $0.bytes) },
      files: request.verb.files(of: plan),
      as: request.verb.telling(record, plan),
      clock: clock
    )
    return Done(plan: plan, operation: done.operation, warnings: done.warnings)
  }

  private func begin(_ record: OperationRecord) async throws -> String {
    let id = surroundings.newID()
    let process = surroundings.process
    try await store.write { try $0.history.begin(id, record, process: process) }
    return id
  }

  /// Tells the tale of a failure, outside of the transaction that is gone.
  private func end(_ attempt: String, _ error: any Error) async throws {
    let moment = surroundings.clock()
    let outcome: Attempt.Outcome =
      switch error as? LifecycleError {
      case nil where error is CancellationError: .cancelled
      case .refused?, .consentMissing?, .planChanged?, .noSuchOperation?: .refused
      default: error.isRefusal ? .refused : .failed
      }
    let message = outcome == .cancelled ? "cancelled; nothing was changed" : "\(error)"
    do {
      try await store.write {
        try $0.history.end(attempt, outcome, message: message, operation: nil, at: moment)
      }
    } catch is SQLError {
      // The disk may be full: then the next one finds this attempt cut off, and nothing else.
    }
  }

  /// The operation that has the right to change the environment now.
  ///
  /// - Throws: `SQLError` where the environment cannot be read.
  package func running() async throws -> Attempt? {
    try await store.read { try $0.attempts(limit: 1).first { $0.outcome == .running } }
  }

  /// Where the environment stands, and whether somebody changes it now; what was cut off is told from what runs.
  ///
  /// - Throws: `StoreError` where the environment is damaged, `SQLError` where it cannot be read.
  package func standing() async throws -> Standing {
    let seen = try await store.read { try $0.attempts(limit: 1).first?.id }
    let runs = try store.database.isClaimed()
    var standing = try await ask(StandingQuestion())
    standing.runs = runs
    // An end is written before the claim is let go, so what still runs after a free claim was seen runs no more.
    if let last = standing.lastAttempt, last.outcome == .running, last.id == seen, runs == false {
      standing.lastAttempt = last.cutOff
    }
    return standing
  }
}

extension Error {
  /// Whether rows, or somebody who has not agreed to what becomes of them, stand in the way.
  fileprivate var isRefusal: Bool {
    self is RowsConsentMissing || self is RowsHeld || self is RowsRefused || self is BadRows
      || self is RowChanged || self is RowsOutdated
  }
}
