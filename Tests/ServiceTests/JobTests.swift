import Contract
import EnvironmentSupport
import Hashing
import Lifecycle
import Solutions
import TestSupport
import Testing

@testable import Service

/// Each apply ends exactly once, whatever happens to the service meanwhile.
@Suite("Jobs")
final class JobTests {
  private let environment: TestEnvironment
  private let folder = TestEnvironment.newPath()

  init() async throws { environment = try await TestEnvironment() }

  deinit { _ = Program.run("/bin/rm", ["-rf", folder]) }

  private func site() async throws -> Site {
    let served = Service.Served(
      name: "",
      location: "e",
      folder: folder,
      lifecycle: try await environment.reopened()
    )
    let configuration = Service.Configuration(access: Access([]), release: "1") { _ in }
    return try await Site(served, configuration, metrics: Metrics())
  }

  private func plan(_ text: String, on site: Site) async throws -> KeptPlan {
    let bytes = PackageText(text).archive()
    var writing = try Workroom.Writing(site.room, .packages)
    try bytes.withUnsafeBytes { try writing.add($0) }
    let digest = writing.digest().description
    try writing.finish(as: digest)
    var order = PlanOrder(verb: .import)
    order.packages = [Site.Package(sha256: digest, file: "x.zip")]
    return try await site.plan(order)
  }

  private func apply(_ kept: KeptPlan, on site: Site) async throws -> Job {
    let ordered = try await kept.order.request(on: site)
    let caller = Caller("anna", through: .pages)
    return try await site.jobs.begin(kept, title: ordered.request.title, by: caller) {
      try await $0.perform(
        ordered.request,
        by: caller,
        expecting: { try site.document($0, of: ordered).digest == kept.document.digest },
        options: ordered.options
      )
    }
  }

  private func end(of job: Job, on site: Site) async throws -> Job {
    var last = job
    for await change in try await site.jobs.changes(of: job.id) { last = change }
    return last
  }

  @Test(
    "A plan that is kept is applied as a job, which is known by its attempt and told until it ends"
  )
  func done() async throws {
    let site = try await site()
    let kept = try await plan("X 1.0 by A\ntable t", on: site)
    let job = try await end(of: try await apply(kept, on: site), on: site)
    #expect(job.state == .done && job.operation == 1 && job.percent == 100)
    let history = try await site.history(withAttempts: true)
    #expect(history.operations.map(\.number) == [1])
    #expect(history.operations[0].who == "anna (pages)")
  }

  @Test("A plan of another revision is refused, and nothing is changed")
  func stale() async throws {
    let site = try await site()
    let kept = try await plan("X 1.0 by A\ntable t", on: site)
    _ = try await end(of: try await apply(kept, on: site), on: site)
    let again = try await end(of: try await apply(kept, on: site), on: site)
    #expect(again.state == .refused)
    #expect(again.failure?.code == "stale-plan")
    #expect(try await site.status().revision == 1)
  }

  @Test("After a crash a job is what became of its attempt: done once, or nothing of it is there")
  func restart() async throws {
    let first = try await site()
    let kept = try await plan("X 1.0 by A\ntable t", on: first)
    let job = try await end(of: try await apply(kept, on: first), on: first)
    // As the files were when the service was killed: one before its end was written, one before anything was done.
    var open = job
    (open.state, open.operation, open.ended) = (.running, nil, nil)
    try first.room.write(Array(try ShapeCoder.json(open).utf8), .jobs, "\(job.id).json")
    let lost = Job(
      id: "lost",
      title: "import Y",
      who: "anna",
      plan: "",
      started: Timestamp(milliseconds: 0)
    )
    try first.room.write(Array(try ShapeCoder.json(lost).utf8), .jobs, "lost.json")

    let second = try await site()
    let found = try await second.jobs.job(job.id)
    #expect(found.state == .done && found.operation == 1)
    let other = try await second.jobs.job("lost")
    #expect(other.state == .interrupted && other.operation == nil)
    #expect(other.failure?.message.contains("nothing of it is there") == true)
  }

  @Test("Whoever listens hears the end, also when the service ends first")
  func closing() async throws {
    let site = try await site()
    let kept = try await plan("X 1.0 by A\ntable t", on: site)
    let job = try await apply(kept, on: site)
    await site.jobs.finish()
    #expect(try await site.jobs.job(job.id).state == .done)
    for await _ in try await site.jobs.changes(of: job.id) {}
    await #expect(throws: (any Error).self) { _ = try await apply(kept, on: site) }
  }
}
