package import Solutions

/// Whoever plans and applies for the Web API: packages that are kept, plans by their digests, and jobs (decision 137).
package protocol SolutionDesk: Sendable {
  /// Reads a package and keeps it.
  ///
  /// - Returns: its SHA-256, by which it is asked for again.
  /// - Throws: `PackageError` for what is none, `Failure` where it cannot be kept.
  func keep(_ bytes: [UInt8]) async throws -> (sha256: String, package: SolutionPackage)
  /// What would stand in the way of an order, and what it would warn of.
  ///
  /// - Throws: what planning throws.
  func findings(of order: SolutionOrder) async throws -> [DeskFinding]
  /// Plans, and begins to apply what was planned.
  ///
  /// - Parameter id: of the job; nil for a new one.
  /// - Throws: `Failure` and what planning throws; then no job has begun.
  func begin(_ order: SolutionOrder, id: String?, by request: WebRequest) async throws
    -> SolutionJob
  /// Newest first.
  func jobs() async -> [SolutionJob]
  /// What a job's plan says of the package that it imports; nil where it imports none.
  ///
  /// - Throws: `Failure` where the plan cannot be read.
  func report(of job: String) async throws -> ImportReport?
  /// A job when it has ended, or as it is after some time.
  func ended(_ id: String) async throws -> SolutionJob
  /// - Throws: `Failure` where it is not installed, or cannot be exported.
  func export(_ solution: String, isManaged: Bool) async throws -> [UInt8]
  /// The same as a job.
  ///
  /// - Parameter done: takes the id of the job and the package.
  /// - Throws: `Failure` where the service ends, or its folder takes no more.
  func beginExport(
    _ solution: String,
    isManaged: Bool,
    by request: WebRequest,
    _ done: @escaping @Sendable (String, [UInt8]) -> Void
  ) async throws -> SolutionJob
}

/// What is asked of solutions.
package struct SolutionOrder: Sendable {
  package enum Verb: Sendable {
    /// - sha256: of a package that was kept.
    case importing(sha256: String, Action)
    case applyUpgrade(String)
    case uninstall(String)
    case publish
    case making(Making)
    case clonePatch(of: String, version: String, displayName: String)
    case cloneSolution(String, version: String, displayName: String)
  }

  /// Work on the unmanaged layer, and on rows of solutions and publishers.
  package enum Making: Sendable {
    /// What a readable file says (docs/customize.md).
    case customizing(String)
    case listing([ComponentID], in: String, behavior: RootComponent.Behavior?, withRequired: Bool)
    case unlisting([ComponentID], from: String)
    case resetting([ComponentID])
    case activatingKey(ComponentID)
    /// Steps and processes.
    case switching([ComponentID], on: Bool)
    case giving(GivenSettings)
    case makingSolution(String, publisher: String, version: String?, displayName: String?)
    case renaming(String, displayName: String)
    case settingVersion(of: String, String)
    case makingPublisher(
      String,
      prefix: String,
      optionValuePrefix: Int?,
      displayName: String?
    )
    case editingPublisher(
      String,
      prefix: String?,
      optionValuePrefix: Int?,
      displayName: String?
    )
    case removingPublisher(String)
  }

  package enum Action: Sendable {
    case update
    case upgrade
    case stage
  }

  package let verb: Verb
  /// What the client asked for: `ImportSolutionAsync`.
  package let message: String
  package var overwritesCustomizations = false
  package var enablesProcesses = false
  /// Of environment variables, by schema name.
  package var variables: [String: String] = [:]
  /// Ids, by the logical names of connection references.
  package var connections: [String: String] = [:]

  init(_ verb: Verb, message: String) {
    self.verb = verb
    self.message = message
  }
}

/// What planning says: an error or a warning.
package struct DeskFinding: Sendable {
  package let isError: Bool
  /// Of the platform, where it has one.
  package let code: String
  package let message: String

  package init(isError: Bool, code: String, message: String) {
    self.isError = isError
    self.code = code
    self.message = message
  }
}

/// One order that is carried out, or was.
package struct SolutionJob: Sendable {
  package enum State: Sendable {
    case running
    case done
    case failed
    case cancelled
  }

  package let id: String
  /// What the client asked for; nil for what was not asked for over the Web API.
  package let message: String?
  package let title: String
  /// The unique name; nil where it is not known.
  package let solution: String?
  package let started: Timestamp
  package let ended: Timestamp?
  package let state: State
  package let percent: Int
  /// Of what went wrong.
  package let code: String?
  package let failure: String?
  package let warnings: [String]

  package init(
    id: String,
    message: String?,
    title: String,
    solution: String?,
    started: Timestamp,
    ended: Timestamp?,
    state: State,
    percent: Int,
    code: String?,
    failure: String?,
    warnings: [String]
  ) {
    self.id = id
    self.message = message
    self.title = title
    self.solution = solution
    self.started = started
    self.ended = ended
    self.state = state
    self.percent = percent
    self.code = code
    self.failure = failure
    self.warnings = warnings
  }

  var importJob: GUID? { GUID(id) }

  /// Of the asynchronous operation: another than that of the import job, and always the same.
  var operation: GUID { GUID(from: "asyncoperation", id) }

  var isImport: Bool {
    message.map { $0.hasPrefix("ImportSolution") || $0.hasPrefix("StageAndUpgrade") } ?? false
  }
}
