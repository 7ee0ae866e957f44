internal import Contract
internal import Faces
internal import HTTPTypes
internal import Hashing
internal import Lifecycle
internal import Solutions

extension Endpoint {
  /// What changes an environment, and what becomes of it.
  static let applying: [Endpoint] = [
    Endpoint(
      method: .post,
      path: "/plans/{digest}/apply",
      role: .importer,
      summary:
        "Applies exactly this plan, as a job; what it destroys has to be agreed to, which takes an owner.",
      body: "{\"consent\": [\"all\"] or [\"KIND:NAME\", …]}",
      format: Job.format
    ) { call in
      let consent = try await call.value(ConsentBody.self).consent ?? []
      let job = try await call.apply(try call.path("digest"), consent: consent, through: .api)
      return try .shape(
        job,
        status: .accepted,
        location: "\(call.site.base)/api/strata/v1/jobs/\(job.id)"
      )
    },
    Endpoint(
      method: .get,
      path: "/jobs",
      role: .viewer,
      summary: "Jobs, newest first.",
      format: JobsShape.format
    ) { try .shape(JobsShape(jobs: await $0.site.jobs.all)) },
    Endpoint(
      method: .get,
      path: "/jobs/{id}",
      role: .viewer,
      summary: "A job: how far it is, or what became of it.",
      format: Job.format
    ) { try .shape(try await $0.site.jobs.job(try $0.path("id"))) },
    Endpoint(
      method: .get,
      path: "/jobs/{id}/events",
      role: .viewer,
      summary: "A job as it changes (server-sent events), until it ends.",
      format: Job.format
    ) { .events(try await $0.site.jobs.changes(of: try $0.path("id"))) },
  ]
}

struct ConsentBody: Codable {
  var consent: [String]?
}

/// Jobs, newest first.
struct JobsShape: Shape {
  static let format = "strata.jobs"

  let jobs: [Job]
}

extension Call {
  /// Begins to apply a plan that was kept; any other than this one is refused.
  ///
  /// - Throws: `Failure` where there is no such plan, the environment is another by now, or somebody may not destroy anything.
  func apply(_ digest: String, consent: [String], through face: Caller.Face) async throws -> Job {
    try require(consent.isEmpty ? .importer : .owner)
    let site = site
    let kept = try await site.kept(digest)
    // The operation compares the whole plan; this only tells it before a job begins.
    let (planned, now) = (kept.document.base.revision.number, try await site.status().revision)
    guard planned == now else {
      throw Failure(
        .stalePlan,
        "the environment has changed since this was planned (revision \(planned), now \(now))",
        remedy: "plan again",
        status: 4
      )
    }
    let ordered = try await kept.order.request(on: site)
    let caller = caller(through: face)
    let wanted = kept.document.digest
    let agreed = Consent(isAll: consent.contains { $0.lowercased() == "all" }, names: consent)
    return try await site.jobs.begin(kept, title: ordered.request.title, by: caller) { lifecycle in
      try await lifecycle.perform(
        ordered.request,
        by: caller,
        consent: agreed,
        expecting: { try site.document($0, of: ordered).digest == wanted },
        options: ordered.options
      )
    }
  }
}
