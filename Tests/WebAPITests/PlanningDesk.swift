import Lifecycle
import SolutionPackages
import Solutions
import Synchronization
import WebAPI

/// Plans and applies at once what is made by hand; the service has a desk with kept plans and jobs.
final class PlanningDesk: SolutionDesk {
  private let lifecycle: Lifecycle
  private let ended = Mutex<[String: SolutionJob]>([:])

  init(_ lifecycle: Lifecycle) { self.lifecycle = lifecycle }

  private struct NotHere: Error {}

  func keep(_ bytes: [UInt8]) throws -> (sha256: String, package: SolutionPackage) {
    ("", try PackageReader().read(bytes, file: "test.zip"))
  }

  func findings(of order: SolutionOrder) throws -> [DeskFinding] { throw NotHere() }

  func export(_ solution: String, isManaged: Bool) throws -> [UInt8] { throw NotHere() }

  func beginExport(
    _ solution: String,
    isManaged: Bool,
    by request: WebRequest,
    _ done: @escaping @Sendable (String, [UInt8]) -> Void
  ) throws -> SolutionJob { throw NotHere() }

  func jobs() -> [SolutionJob] { ended.withLock { Array($0.values) } }

  func report(of job: String) -> ImportReport? { nil }

  func ended(_ id: String) throws -> SolutionJob {
    guard let job = ended.withLock({ $0[id] }) else { throw NotHere() }
    return job
  }

  func begin(_ order: SolutionOrder, id: String?, by request: WebRequest) async throws
    -> SolutionJob
  {
    guard case .making(let making) = order.verb else { throw NotHere() }
    var refusal: (code: String, message: String)?
    do {
      try await lifecycle.perform(
        try ordered(making),
        by: request.caller,
        consent: request.right == .destroy ? .all : .none
      )
    } catch LifecycleError.refused(let plan) {
      let error = plan.findings.first { $0.severity == .error }
      refusal = (
        error?.code ?? "",
        ([error?.message ?? ""] + (error?.because ?? [])).joined(separator: "\n")
      )
    }
    let moment = Timestamp(milliseconds: 0)
    let job = ended.withLock { jobs in
      let job = SolutionJob(
        id: "00000000-0000-4000-a000-00000000\(1000 + jobs.count)",
        message: order.message,
        title: order.message,
        solution: nil,
        started: moment,
        ended: moment,
        state: refusal == nil ? .done : .failed,
        percent: 100,
        code: refusal?.code,
        failure: refusal?.message,
        warnings: []
      )
      jobs[job.id] = job
      return job
    }
    return job
  }

  private func ordered(_ making: SolutionOrder.Making) throws -> Request {
    func name(_ text: String) throws -> SolutionName {
      guard let name = SolutionName(text) else { throw NotHere() }
      return name
    }
    switch making {
    case .switching(let ids, let isOn): return .switching(ids, on: isOn)
    case .giving(let given): return .giving(given)
    case .customizing(let text):
      let said = try SaidReader.read(Array(text.utf8), file: "the description")
      return .bringing(to: try Blueprint(said, file: "the description"))
    case .listing(let ids, let solution, let behavior, let withRequired):
      return .listing(
        Set(ids),
        in: try name(solution),
        behavior: behavior,
        withRequired: withRequired
      )
    case .unlisting(let ids, let solution): return .unlisting(Set(ids), from: try name(solution))
    case .resetting(let ids): return .customizing(.reset(ids), in: nil)
    case .activatingKey(let id): return .activateKey(id)
    case .makingSolution(let solution, let publisher, let version, let title):
      return .makingSolution(
        try name(solution),
        of: PublisherName(publisher),
        version: version.flatMap { SolutionVersion($0) },
        displayName: title
      )
    case .renaming(let solution, let title):
      return .editing(try name(solution), displayName: title)
    case .settingVersion(let solution, let text):
      guard let version = SolutionVersion(text) else { throw NotHere() }
      return .settingVersion(of: try name(solution), to: version)
    case .makingPublisher(let publisher, let prefix, let option, let title):
      return .makingPublisher(
        PublisherName(publisher),
        prefix: prefix,
        optionValuePrefix: option,
        displayName: title
      )
    case .editingPublisher(let publisher, let prefix, let option, let title):
      return .editing(
        PublisherName(publisher),
        displayName: title,
        prefix: prefix,
        optionValuePrefix: option
      )
    case .removingPublisher(let publisher): return .removing(PublisherName(publisher))
    }
  }
}
