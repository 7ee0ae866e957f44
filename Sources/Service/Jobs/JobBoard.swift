internal import Contract
internal import Faces
internal import HTTPTypes
internal import Hashing
internal import Lifecycle
internal import Solutions

/// The jobs of an environment: each ends exactly once, and is remembered when the service starts again.
actor JobBoard {
  private let room: Workroom
  private let lifecycle: Lifecycle
  private let metrics: Metrics
  private var jobs: [String: Job] = [:]
  private var tasks: [String: Task<Void, Never>] = [:]
  private var listeners: [String: [Int: AsyncStream<Job>.Continuation]] = [:]
  private var lastListener = 0
  private var isClosing = false

  /// How many ended jobs are kept.
  private static let most = 500

  /// - Throws: `Failure` where the folder cannot be read or written, `SQLError` and `StoreError` of the environment.
  init(_ room: Workroom, lifecycle: Lifecycle, metrics: Metrics) async throws {
    self.room = room
    self.lifecycle = lifecycle
    self.metrics = metrics
    for name in try room.names(.jobs) {
      guard let bytes = try room.read(.jobs, name) else { continue }
      let job = try ShapeCoder.shape(Job.self, bytes)
      jobs[job.id] = job
    }
    try await endThoseCutOff()
    try forget()
  }

  /// What was running when the service ended: the history of the environment knows whether it came to its end.
  private func endThoseCutOff() async throws {
    let open = jobs.values.filter { !$0.isOver }
    guard !open.isEmpty else { return }
    let history = try await lifecycle.ask(
      HistoryQuestion(of: nil, limit: 1000, withAttempts: true)
    )
    let attempts = Dictionary((history.attempts ?? []).map { ($0.id, $0) }) { first, _ in first }
    for var job in open {
      let attempt = attempts[job.id]
      switch attempt?.outcome {
      case .done: (job.state, job.operation) = (.done, attempt?.operation)
      case .refused, .failed, .cancelled:
        job.state = attempt?.outcome == .refused ? .refused : .failed
        job.failure = Failure(.refused, .foreign(attempt?.message ?? "")).shape
      case .running, .interrupted, nil:
        job.state = .interrupted
        job.failure =
          Failure(
            .cancelled,
            "the service ended before the operation did; nothing of it is there, and nothing needs repair",
            remedy: "apply the plan again"
          ).shape
      }
      job.ended = (attempt?.ended ?? Timestamp.now).description
      try keep(job)
    }
  }

  private func forget() throws {
    let ended = jobs.values.filter(\.isOver).sorted { $0.started > $1.started }
    for job in ended.dropFirst(Self.most) {
      jobs[job.id] = nil
      try room.remove(.jobs, "\(job.id).json")
    }
  }

  private func keep(_ job: Job) throws {
    jobs[job.id] = job
    try room.write(Array(try ShapeCoder.json(job).utf8), .jobs, "\(job.id).json")
  }

  // MARK: Looking

  /// Newest first.
  var all: [Job] { jobs.values.sorted { ($0.started, $0.id) > ($1.started, $1.id) } }

  /// - Throws: `Failure` where there is none.
  func job(_ id: String) throws -> Job {
    guard let job = jobs[id] else {
      throw Failure(.noSuchJob, "there is no job \(id.shown(80)) here", status: 4)
    }
    return job
  }

  /// The job as it is now, and each time something of it changes; ends with the job.
  func changes(of id: String) throws -> AsyncStream<Job> {
    let job = try job(id)
    let (stream, continuation) = AsyncStream.makeStream(
      of: Job.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    continuation.yield(job)
    guard !job.isOver, !isClosing else {
      continuation.finish()
      return stream
    }
    lastListener += 1
    let number = lastListener
    listeners[id, default: [:]][number] = continuation
    continuation.onTermination = { [weak self] _ in
      Task { await self?.unlisten(id, number) }
    }
    return stream
  }

  private func unlisten(_ id: String, _ number: Int) { listeners[id]?[number] = nil }

  // MARK: Doing

  /// What an operation came to.
  struct Ended: Sendable {
    /// nil where nothing was to be done.
    let operation: Int?
    let warnings: [String]
  }

  /// Begins to apply a plan.
  ///
  /// - Throws: as below.
  func begin(
    _ kept: KeptPlan,
    title: String,
    by caller: Caller,
    as stated: (id: String?, message: String, solution: String?)? = nil,
    _ body: @escaping @Sendable (Lifecycle) async throws -> Lifecycle.Done
  ) throws -> Job {
    let verb = kept.order.verb.rawValue
    return try begin(
      planned: kept.document.digest ?? "",
      verb: verb,
      title: title,
      by: caller,
      as: stated
    ) {
      let done = try await body($0)
      return Ended(operation: done.operation, warnings: done.warnings)
    }
  }

  /// Begins to do what was planned.
  ///
  /// - Parameter stated: what a client of the Web API says of the job; one id is one job.
  /// - Throws: `Failure` where the service ends, or its folder takes no more.
  func begin(
    planned digest: String,
    verb: String,
    title: String,
    by caller: Caller,
    as stated: (id: String?, message: String, solution: String?)? = nil,
    _ body: @escaping @Sendable (Lifecycle) async throws -> Ended
  ) throws -> Job {
    guard !isClosing else {
      throw Failure(.cancelled, "the service is ending", remedy: "try again when it runs")
    }
    let id = stated?.id ?? lifecycle.newID()
    guard jobs[id] == nil else {
      throw Failure(
        code: "0x80071152",
        "there is a job \(id) already",
        remedy: nil,
        status: 4
      )
    }
    var job = Job(
      id: id,
      title: title,
      who: caller.description,
      plan: digest,
      verb: verb,
      started: .now
    )
    (job.message, job.solution) = (stated?.message, stated?.solution)
    // Before anything is done, so that it is found again whatever happens.
    try keep(job)
    let told = lifecycle.reporting(id) { step in
      Task { [weak self] in await self?.note(id, step) }
    }
    tasks[id] = Task { [weak self] in
      let outcome: Result<Ended, any Error>
      do { outcome = .success(try await body(told)) } catch { outcome = .failure(error) }
      await self?.end(id, outcome)
    }
    return job
  }

  private func note(_ id: String, _ step: String) {
    guard var job = jobs[id], !job.isOver, let told = JobStep.told(step) else { return }
    // They come by ways of their own, and may overtake each other.
    guard told.percent > job.percent ?? 0 else { return }
    (job.step, job.percent) = (told.words, told.percent)
    jobs[id] = job
    tell(job)
  }

  private func end(_ id: String, _ outcome: Result<Ended, any Error>) {
    guard var job = jobs[id], !job.isOver else { return }
    job.ended = Timestamp.now.description
    switch outcome {
    case .success(let done):
      (job.state, job.step, job.percent) = (.done, "Done", 100)
      (job.operation, job.warnings) = (done.operation, done.warnings)
    case .failure(let error):
      let failure = Failure(error)
      job.state = failure.status == 3 || failure.status == 4 ? .refused : .failed
      job.failure = failure.shape
    }
    do {
      try keep(job)
    } catch {
      // The history of the environment knows it; what is here is told until the service ends.
      jobs[id] = job
    }
    tasks[id] = nil
    metrics.ended(job: job.state.rawValue)
    tell(job)
  }

  private func tell(_ job: Job) {
    for listener in (listeners[job.id] ?? [:]).values {
      listener.yield(job)
      if job.isOver { listener.finish() }
    }
    if job.isOver { listeners[job.id] = nil }
  }

  /// Waits for what runs; nothing new begins.
  func finish() async {
    close()
    for task in tasks.values { await task.value }
  }

  /// Ends all streams of events, so that a server can end.
  func close() {
    isClosing = true
    for listener in listeners.values.flatMap(\.values) { listener.finish() }
    listeners = [:]
  }
}
