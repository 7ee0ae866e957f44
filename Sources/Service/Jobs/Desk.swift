internal import Contract
internal import Faces
internal import HTTPTypes
internal import Hashing
internal import Lifecycle
internal import Solutions
internal import WebAPI

/// Messages of the Web API by the one way to a change: a plan that is kept, and a job that applies it.
struct Desk: SolutionDesk {
  let call: Call

  private var site: Site { call.site }

  /// How long a job waits for rows that are being written.
  private static let patience = Duration.seconds(120)
  /// How long whoever asked waits for a job: clients give up after two minutes.
  private static let answerTime = Duration.seconds(110)

  func keep(_ bytes: [UInt8]) async throws -> (sha256: String, package: SolutionPackage) {
    let site = site
    let (digest, wasThere) = try await Aside.run {
      var writing = try Workroom.Writing(site.room, .packages)
      try bytes.withUnsafeBytes { try writing.add($0) }
      let digest = writing.digest()
      let wasThere = site.room.has(.packages, digest.description)
      try writing.finish(as: digest.description)
      return (digest.description, wasThere)
    }
    do {
      return (digest, try await site.archives([package(digest)])[0].package)
    } catch {
      if !wasThere { try site.room.remove(.packages, digest) }
      throw error
    }
  }

  private func package(_ sha256: String) -> Site.Package {
    Site.Package(sha256: sha256, file: "solution.zip")
  }

  private func plan(_ order: SolutionOrder) -> PlanOrder {
    var wanted: PlanOrder
    switch order.verb {
    case .importing(let sha256, let action):
      wanted = PlanOrder(verb: .import)
      wanted.packages = [package(sha256)]
      wanted.action =
        switch action {
        case .update: .update
        case .upgrade: .upgrade
        case .stage: .stage
        }
      wanted.overwriteCustomizations = order.overwritesCustomizations
      wanted.enableSteps = order.enablesProcesses
      wanted.variables = order.variables
      wanted.connections = order.connections
    case .applyUpgrade(let name):
      wanted = PlanOrder(verb: .applyUpgrade)
      wanted.solution = name
    case .uninstall(let name):
      wanted = PlanOrder(verb: .uninstall)
      wanted.solution = name
    case .publish: wanted = PlanOrder(verb: .publish)
    case .making(let making): wanted = PlanOrder(making)
    case .clonePatch(let name, let version, let displayName):
      wanted = PlanOrder(verb: .clonePatch)
      (wanted.solution, wanted.version, wanted.displayName) = (name, version, displayName)
    case .cloneSolution(let name, let version, let displayName):
      wanted = PlanOrder(verb: .cloneSolution)
      (wanted.solution, wanted.version, wanted.displayName) = (name, version, displayName)
    }
    return wanted
  }

  func findings(of order: SolutionOrder) async throws -> [DeskFinding] {
    let ordered = try await plan(order).request(on: site)
    return try await site.lifecycle.plan(ordered.request).findings
      .filter { $0.severity != .info }
      .map { DeskFinding(isError: $0.severity == .error, code: $0.code, message: $0.message) }
  }

  func begin(
    _ order: SolutionOrder,
    id: String?,
    by request: WebRequest
  ) async throws -> SolutionJob {
    let site = site
    let kept = try await site.plan(plan(order))
    let ordered = try await kept.order.request(on: site)
    let caller = request.caller
    // Whoever asks over the Web API is asked nothing more: the request is the consent of who may give it.
    let consent: Consent = request.right == .destroy ? .all : .none
    let solution = kept.document.packages.first?.uniqueName
    let job = try await site.jobs.begin(
      kept,
      title: ordered.request.title,
      by: caller,
      as: (id: id, message: order.message, solution: solution)
    ) { lifecycle in
      do {
        return try await lifecycle.waiting(atMost: Self.patience).perform(
          ordered.request,
          by: caller,
          // Nobody was shown a plan: what is asked for is planned anew at its turn, whatever was done meanwhile.
          consent: consent,
          options: ordered.options
        )
      } catch LifecycleError.refused(let plan) {
        throw Self.refusal(of: plan)
      }
    }
    return Self.job(job)
  }

  /// Lines of reasons that a message holds at most.
  private static let reasonsMost = 50

  /// What stands in the way, with each of its reasons: nobody looks at the plan's page for them.
  private static func refusal(of plan: Plan) -> Failure {
    let error = plan.findings.first { $0.severity == .error }
    let reasons = (error?.because ?? []).prefix(reasonsMost)
    let message = ([error?.message ?? "the plan is refused"] + reasons).joined(separator: "\n")
    return Failure(refused: "\(message)", by: error)
  }

  func beginExport(
    _ solution: String,
    isManaged: Bool,
    by request: WebRequest,
    _ done: @escaping @Sendable (String, [UInt8]) -> Void
  ) async throws -> SolutionJob {
    let (site, id) = (site, site.newID())
    let job = try await site.jobs.begin(
      planned: "",
      verb: "export",
      title: "export \(solution.shown(80))",
      by: request.caller,
      as: (id: id, message: "ExportSolutionAsync", solution: solution)
    ) { _ in
      done(id, try await site.export(solution, isManaged: isManaged).bytes)
      return JobBoard.Ended(operation: nil, warnings: [])
    }
    return Self.job(job)
  }

  func jobs() async -> [SolutionJob] { await site.jobs.all.map { Self.job($0) } }

  func report(of job: String) async throws -> ImportReport? {
    let job = try await site.jobs.job(job)
    guard job.isPlanned, job.verb == PlanOrder.Verb.import.rawValue else { return nil }
    let kept = try await site.kept(job.plan)
    let plan = kept.document
    let missing = try await missing(of: kept)
    return plan.packages.first.map { package in
      ImportReport(
        version: package.version,
        publisher: package.publisher,
        isManaged: package.managed,
        parts: plan.changes.filter { $0.solution == package.uniqueName }.map {
          ImportReport.Part(
            kind: $0.component.kind,
            name: $0.component.name,
            title: $0.component.displayName
          )
        },
        missing: missing
      )
    }
  }

  /// What the packages of a plan say that they need and the plan refuses them for.
  private func missing(of kept: KeptPlan) async throws -> [MissingDependency] {
    let words = kept.document.findings.filter(\.isOfNeeds).flatMap(\.because)
    guard !words.isEmpty else { return [] }
    return try await site.archives(kept.order.packages ?? []).map(\.package).needs(called: words)
  }

  func ended(_ id: String) async throws -> SolutionJob {
    let end = ContinuousClock.now.advanced(by: Self.answerTime)
    while true {
      let job = try await site.jobs.job(id)
      if job.isOver || ContinuousClock.now > end { return Self.job(job) }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  func export(_ solution: String, isManaged: Bool) async throws -> [UInt8] {
    try await site.export(solution, isManaged: isManaged).bytes
  }

  private static func job(_ job: Job) -> SolutionJob {
    let state: SolutionJob.State =
      switch job.state {
      case .running: .running
      case .done: .done
      case .refused, .failed: .failed
      case .interrupted: .cancelled
      }
    return SolutionJob(
      id: job.id,
      message: job.message,
      title: job.title,
      solution: job.solution,
      started: Timestamp(wire: job.started) ?? Timestamp(milliseconds: 0),
      ended: job.ended.flatMap { Timestamp(wire: $0) },
      state: state,
      percent: job.percent ?? 0,
      code: job.failure?.code,
      failure: job.failure?.message,
      warnings: job.warnings
    )
  }
}
