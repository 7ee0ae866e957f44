internal import Contract
internal import Faces
internal import Hashing
internal import Lifecycle
internal import SolutionPackages
internal import Solutions
internal import WebAPI

/// One environment that is served, with what was handed in for it.
struct Site: Sendable {
  let name: String
  let location: String
  let lifecycle: Lifecycle
  let room: Workroom
  let jobs: JobBoard
  let release: String
  let shown = ShownPlans()
  let web: WebAPI
  let read: ReadPackages

  init(
    _ served: Service.Served,
    _ configuration: Service.Configuration,
    metrics: Metrics,
    webhooks: WebhookQueue? = nil
  ) async throws {
    name = served.name
    location = served.location
    lifecycle = served.lifecycle
    release = configuration.release
    web = WebAPI(
      lifecycle,
      clock: { .now },
      newID: lifecycle.newID,
      webhooks: webhooks
    )
    room = try Workroom(served.folder)
    read = ReadPackages(room)
    jobs = try await JobBoard(room, lifecycle: lifecycle, metrics: metrics)
  }

  /// For rows that bring none.
  var newID: @Sendable () -> String { lifecycle.newID }

  /// What its addresses begin with.
  var base: String { name.isEmpty ? "" : "/\(name)" }

  // MARK: Packages

  /// A package that was handed in.
  struct Package: Codable, Equatable, Sendable {
    let sha256: String
    /// As it was called where it came from.
    let file: String

    var digest: SHA256Digest? { SHA256Digest(sha256) }
  }

  /// What was handed in, read; all together stay below the limit of memory of a run.
  ///
  /// - Throws: `Failure` where one was not handed in, `PackageError` where one cannot be read.
  func archives(_ packages: [Package]) async throws -> [Request.Archive] {
    try await read.archives(packages)
  }

  // MARK: Plans

  /// Plans something, and keeps the plan so that it can be sent, approved and applied.
  func plan(_ order: PlanOrder) async throws -> KeptPlan {
    let request = try await order.request(on: self)
    let plan = try await lifecycle.plan(request.request)
    return try await Aside.run {
      let kept = KeptPlan(
        order: order,
        plan: Envelope(try document(plan, of: request)),
        remedies: plan.findings.map { $0.remedies.sentence() },
        isEmpty: plan.effects.isEmpty
      )
      try room.write(Array(try ShapeCoder.line(kept).utf8), .plans, kept.name)
      return kept
    }
  }

  /// A plan as it is kept, with its digest.
  func document(_ plan: Plan, of request: PlanOrder.Ordered) throws -> PlanShape {
    var document = PlanShape(plan, kinds: .standard)
    guard let options = request.options else {
      document.fingerprint = plan.fingerprint
      return try document.digested()
    }
    document.apply = PlanShape.Apply(
      version: release,
      fingerprint: plan.fingerprint,
      packages: request.packages.map {
        .init(path: $0.file, sha256: $0.sha256, packageType: nil)
      },
      options: OptionsShape(options)
    )
    return try document.digested()
  }

  /// - Parameter digest: `sha256:` and 64 digits, or the digits alone.
  /// - Throws: `Failure` where there is no such plan.
  func kept(_ digest: String) async throws -> KeptPlan { try await shownPlan(digest).kept }

  /// The same as a page, made once for all who look at it.
  func shownPlan(_ digest: String) async throws -> ShownPlan {
    try await shown.plan(digest) { try await Aside.run { try ShownPlan(stored(digest), base) } }
  }

  private func stored(_ digest: String) throws -> KeptPlan {
    let digits = digest.hasPrefix("sha256:") ? String(digest.dropFirst(7)) : digest
    guard let known = SHA256Digest(digits),
      let bytes = try room.read(.plans, known.description)
    else {
      throw Failure(.noSuchPlan, "there is no plan \(digest.shown(80)) here", status: 4)
    }
    return try ShapeCoder.decode(KeptPlan.self, bytes)
  }
}

/// A plan with what was asked for.
struct KeptPlan: Codable, Sendable {
  let order: PlanOrder
  let plan: Envelope<PlanShape>
  /// Of the findings, in words of pages: those of the document are commands.
  let remedies: [String?]
  /// Whether nothing is to be applied; absent in plans of before.
  var isEmpty: Bool?

  /// The same as a face tells it: what is in effect may stay as it is where something else is to be done.
  var isNothing: Bool { isEmpty ?? (document.status == 0) }

  var document: PlanShape { plan.content }

  /// For pages: another document than the one whose digest is approved.
  var spelledForPages: PlanShape {
    var document = document
    for (index, remedy) in zip(document.findings.indices, remedies) {
      document.findings[index].remedy = remedy
    }
    return document
  }

  /// 64 digits.
  var name: String { String((document.digest ?? "").dropFirst(7)) }
}
