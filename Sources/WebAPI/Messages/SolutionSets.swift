internal import Lifecycle
internal import OData
internal import Solutions

/// Solutions, what they list, and what is done with them, as entity sets.
extension SystemSet {
  static let solutions = SystemSet(
    name: "solutions",
    told: ("solution", { api, _ in try await SolutionRecords(api).solutions() })
  ) { api, request, path in
    let (first, rest) = (path.segments[0], Array(path.segments.dropFirst()))
    if request.method == "DELETE", rest.isEmpty {
      return try await uninstall(api, request, first)
    }
    guard request.isReading else {
      return try await SolutionWriting(api, request, path).solutions()
    }
    let answer = try RecordAnswer("solutions", type: "solution", request)
    let records = try await answer.naming(try await SolutionRecords(api).solutions(), api)
    return try answer.answer(records, key: "solutionid", first, rest)
  }

  /// Synchronous; a refusal is an error.
  private static func uninstall(
    _ api: WebAPI,
    _ request: WebRequest,
    _ first: ResourcePath.Segment
  ) async throws -> WebResponse {
    try request.require(.destroy)
    let desk = try request.requireDesk()
    let records = try await SolutionRecords(api).solutions()
    let answer = try RecordAnswer("solutions", type: "solution", request)
    let (found, name) = try answer.find(first.arguments, among: records, key: "solutionid")
    guard let found, case .text(let solution)? = found["uniquename"] else {
      throw WebError.noRow("solution", name)
    }
    guard SolutionName(solution)?.isReserved != true else {
      throw WebError(
        400,
        "0x8004f005",
        "The solution \(solution) is part of the platform and stays."
      )
    }
    try request.requireMatch(found.etag)
    let order = SolutionOrder(.uninstall(solution), message: "UninstallSolution")
    let job = try await desk.begin(order, id: nil, by: request)
    try Operation.requireDone(try await desk.ended(job.id))
    return .nothing
  }

  static let publishers = SystemSet(
    name: "publishers",
    told: ("publisher", { api, _ in try await SolutionRecords(api).publishers() })
  ) { api, request, path in
    guard request.isReading else {
      return try await SolutionWriting(api, request, path).publishers()
    }
    return try RecordAnswer("publishers", type: "publisher", request).answer(
      try await SolutionRecords(api).publishers(),
      key: "publisherid",
      path.segments[0],
      Array(path.segments.dropFirst())
    )
  }

  static let solutionComponents = SystemSet(
    name: "solutioncomponents",
    type: "solutioncomponent"
  ) { api, answer in try await SolutionRecords(api).components(answer.options) }

  static let asyncOperations = SystemSet(name: "asyncoperations", type: "asyncoperation") {
    api,
    answer in
    let session = try await api.known.find(in: api.catalog)
    let jobs = await answer.request.desk?.jobs() ?? []
    return jobs.map { JobRecords.operation($0, session) }
      + api.deletions.all.map { JobRecords.operation($0, session) }
  }

  static let importJobs = SystemSet(name: "importjobs", type: "importjob") { api, answer in
    let jobs = await answer.request.desk?.jobs() ?? []
    let session = try await api.known.find(in: api.catalog)
    let installed = try await api.installedByName()
    var records: [Record] = []
    for job in jobs where job.isImport {
      let name = job.solution.flatMap { SolutionName($0) }
      records.append(
        JobRecords.importJob(
          job,
          session,
          solution: name.flatMap { installed[$0]?.id },
          // What was planned is looked up for each of them.
          answer.mayName("data") ? try await ImportLog(job, answer.request) : nil
        )
      )
    }
    return records
  }

  static let solutionHistories = SystemSet(
    name: "msdyn_solutionhistories",
    type: "msdyn_solutionhistory"
  ) { api, _ in try await SolutionRecords(api).history() }
}

extension WebAPI {
  func installedByName() async throws -> [SolutionName: InstalledSolution] {
    Dictionary(try await ask(InstalledQuestion()).map { ($0.solution.name, $0.solution) }) {
      first,
      _ in first
    }
  }
}

/// Solutions and their publishers as rows.
struct SolutionRecords {
  private let api: WebAPI

  init(_ api: WebAPI) { self.api = api }

  static func id(of publisher: PublisherName) -> GUID {
    switch publisher {
    case .default: GUID("d21aab71-79e7-11dd-8874-00188b01e34f") ?? id("publisher", publisher.text)
    case .system: GUID("d21aab70-79e7-11dd-8874-00188b01e34f") ?? id("publisher", publisher.text)
    default: id("publisher", publisher.text)
    }
  }

  private static func id(_ kind: String, _ name: String) -> GUID {
    GUID(from: kind, name.lowercased())
  }

  func publishers() async throws -> [Record] {
    try await every().values.sorted { $0.name < $1.name }.map { Self.publisher($0) }
  }

  /// By name, with those that no package brings.
  private func every() async throws -> [PublisherName: Publisher] {
    let all = try await api.ask(PublishersQuestion()) + Publisher.builtIn
    return Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
  }

  private static func publisher(_ publisher: Publisher) -> Record {
    Record(
      always: [("publisherid", .guid(id(of: publisher.name)))],
      [
        ("uniquename", .text(publisher.name.text)), ("friendlyname", .text(publisher.displayName)),
        ("description", .null), ("customizationprefix", .text(publisher.prefix)),
        ("customizationoptionvalueprefix", Cell(publisher.optionValuePrefix)),
        ("isreadonly", .boolean(publisher.name == .system)), ("emailaddress", .null),
        ("supportingwebsiteurl", .null),
      ]
    )
  }

  func solutions() async throws -> [Record] {
    let created = try await api.ask(EnvironmentQuestion()).created
    let dates = InstalledSolution.Dates(installed: created, updated: created, operation: 0)
    let layers: [InstalledSolution] = [.ofActiveLayer, .ofSystemLayer]
    let builtIn = ([.ofEverything] + layers).map { InstalledSolution.Dated($0, dates) }
    let installed = try await api.ask(InstalledQuestion()) + builtIn
    let publishers = try await every()
    let ids = Dictionary(installed.map { ($0.solution.name, $0.solution.id) }) { first, _ in first }
    // Who did it is nobody's row: the environment's own user stands for all.
    let session = try await api.known.find(in: api.catalog)
    let records = installed.map { dated in
      let solution = dated.solution
      let (installed, updated) = (dated.dates?.installed, dated.dates?.updated)
      let parent = solution.parent.flatMap { ids[$0] }
      return Record(
        always: [("solutionid", .guid(solution.id))],
        [
          ("uniquename", .text(solution.name.text)),
          ("friendlyname", .text(solution.displayName)), ("version", .text(solution.version.text)),
          ("description", .null), ("ismanaged", .boolean(solution.isManaged)),
          ("isvisible", .boolean(!layers.contains(solution))), ("isapimanaged", .boolean(false)),
          ("installedon", Cell(installed)), ("updatedon", Cell(updated)),
          ("createdon", Cell(installed)), ("modifiedon", Cell(updated)),
          ("solutionpackageversion", .null), ("solutiontype", .null), ("upgradeinfo", .null),
          ("templatesuffix", .null), ("thumbprint", .null),
          ("versionnumber", Cell(dated.dates?.operation)),
          ("_publisherid_value", .guid(Self.id(of: solution.publisher))),
          ("_parentsolutionid_value", Cell(parent)), ("_organizationid_value", .null),
          ("_configurationpageid_value", .null), ("_createdby_value", .guid(session.user)),
          ("_modifiedby_value", .guid(session.user)), ("pinpointpublisherid", .null),
          ("pinpointsolutionid", .null), ("pinpointassetid", .null),
        ],
        related: [
          (
            "publisherid",
            publishers[solution.publisher].map { .record(Self.publisher($0)) } ?? .null
          )
        ]
      )
    }
    return records.map { Self.relating($0, to: records) }
  }

  /// With the solution that it is a patch of, and those that are patches of it.
  private static func relating(_ record: Record, to others: [Record]) -> Record {
    func id(_ record: Record, _ name: String) -> GUID? {
      if case .guid(let id)? = record[name] { id } else { nil }
    }
    let (own, parent) = (id(record, "solutionid"), id(record, "_parentsolutionid_value"))
    let above = parent.flatMap { parent in others.first { id($0, "solutionid") == parent } }
    let below = others.filter { own != nil && id($0, "_parentsolutionid_value") == own }
    var related = record
    related.related += [
      ("parentsolutionid", above.map { .record($0) } ?? .null),
      ("solution_parent_solution", .list(below.map { .record($0) })),
    ]
    return related
  }

  /// What a solution lists has an id of its own.
  static func membership(of id: ComponentID, in solution: GUID) -> GUID {
    GUID(from: "solutioncomponent", solution.description, "\(id.type)", id.key)
  }

  /// Those of the solution that a property of a filter names; of all where it names none.
  func solutions(
    named property: String,
    _ options: QueryOptions
  ) async throws -> [InstalledSolution.Dated] {
    let all =
      try await api.ask(InstalledQuestion()) + [InstalledSolution.Dated(.ofEverything, nil)]
    guard let text = SystemSet.value(of: property, in: options.filter) else { return all }
    return all.filter { $0.solution.id == GUID(text) }
  }

  func components(_ options: QueryOptions) async throws -> [Record] {
    var records: [Record] = []
    for dated in try await solutions(named: "_solutionid_value", options) {
      let solution = dated.solution
      guard let contents = try await api.ask(SolutionQuestion(solution.name)) else { continue }
      for member in contents.members {
        let id = Self.membership(of: member.id, in: solution.id)
        records.append(
          Record(
            always: [("solutioncomponentid", .guid(id))],
            [
              ("objectid", .guid(Definitions.id(of: member.id))),
              ("componenttype", .integer(Definitions.number(of: member.id.type))),
              ("_solutionid_value", .guid(solution.id)),
              ("rootcomponentbehavior", Cell(member.behavior?.rawValue)),
              ("rootsolutioncomponentid", .null),
              ("ismetadata", .boolean(member.id.type.number.map { $0 < 20 } ?? false)),
              ("createdon", Cell(dated.dates?.installed)),
              ("modifiedon", Cell(dated.dates?.updated)),
            ]
          )
        )
      }
    }
    return records
  }

  func history() async throws -> [Record] {
    let installed = try await api.installedByName()
    let history = try await api.ask(HistoryQuestion(of: nil, limit: 5000, withAttempts: false))
    return history.operations.flatMap { operation in
      operation.packages.map { package in
        let (record, solution) = (operation.record, installed[package.name])
        let seconds = (operation.completed.milliseconds - record.started.milliseconds) / 1000
        return Record(
          always: [
            (
              "msdyn_solutionhistoryid",
              .guid(GUID(from: "solutionhistory", "\(operation.number)", package.name.text))
            )
          ],
          [
            ("msdyn_name", .text(package.name.text)),
            ("msdyn_solutionversion", .text(package.version.text)),
            ("msdyn_packageversion", .text(package.version.text)),
            ("msdyn_operation", .integer(package.action == .uninstall ? 1 : 0)),
            ("msdyn_suboperation", .integer(Self.suboperation(package.action))),
            ("msdyn_status", .integer(1)), ("msdyn_result", .boolean(true)),
            ("msdyn_starttime", Cell(record.started)), ("msdyn_endtime", Cell(operation.completed)),
            ("msdyn_totaltime", .integer(seconds)), ("msdyn_errorcode", .integer(0)),
            ("msdyn_exceptionmessage", .null), ("msdyn_exceptionstack", .null),
            ("msdyn_retrycount", .integer(0)), ("msdyn_maxretries", .integer(0)),
            ("msdyn_packagename", .text(package.name.text)),
            ("msdyn_solutionid", Cell(solution?.id)),
            ("msdyn_publishername", Cell(solution?.publisher.text)),
            ("msdyn_publisherid", Cell(solution.map { Self.id(of: $0.publisher) })),
            ("msdyn_ismanaged", Cell(solution?.isManaged)),
            ("msdyn_ispatch", .boolean(package.name.patchParent != nil)),
            (
              "msdyn_isoverwritecustomizations",
              .boolean(record.options?.overwritesCustomizations ?? false)
            ), ("msdyn_activityid", .guid(GUID(from: "activity", "\(operation.number)"))),
            ("msdyn_correlationid", .guid(GUID(from: "correlation", "\(operation.number)"))),
          ]
        )
      }
    }
  }

  private static func suboperation(_ action: Plan.Action) -> Int {
    action == .upgrade ? 2 : action == .update ? 3 : 1
  }
}

/// Jobs as asynchronous operations and as import jobs.
enum JobRecords {
  static func operation(_ job: SolutionJob, _ session: Session) -> Record {
    let (state, status) =
      switch job.state {
      case .running: (2, 20)
      case .done: (3, 30)
      case .failed: (3, 31)
      case .cancelled: (3, 32)
      }
    let name = job.message ?? job.title
    let seconds = job.ended.map { Double($0.milliseconds - job.started.milliseconds) / 1000 }
    return Record(
      always: [("asyncoperationid", .guid(job.operation))],
      [
        ("name", .text(name.hasSuffix("Async") ? String(name.dropLast(5)) : name)),
        ("messagename", .text(name)), ("operationtype", .integer(type(name))),
        ("statecode", .integer(state)), ("statuscode", .integer(status)),
        ("createdon", Cell(job.started)), ("startedon", Cell(job.started)),
        ("completedon", Cell(job.ended)), ("modifiedon", Cell(job.ended ?? job.started)),
        ("executiontimespan", seconds.map { .real($0) } ?? .null),
        ("message", Cell(job.failure)), ("friendlymessage", Cell(job.failure)),
        (
          "errorcode",
          .integer(job.state == .failed ? WebError.signed(job.platformCode) : 0)
        ), ("correlationid", .guid(GUID(from: "correlation", job.id))),
        ("correlationupdatedtime", Cell(job.started)), ("requestid", Cell(GUID(job.id))),
        ("depth", .integer(1)), ("sequence", .integer(0)), ("retrycount", .integer(0)),
        ("primaryentitytype", .null), ("data", .null), ("breadcrumbid", .null),
        ("dependencytoken", .text("SolutionOperation_\(session.organization)")),
        ("_ownerid_value", .guid(session.user)), ("_owningextensionid_value", .null),
        ("iswaitingforevent", .boolean(false)), ("recurrencepattern", .null),
      ]
    )
  }

  /// What was deleted in bulk, which has ended when it is known.
  static func operation(_ deletion: BulkDeletions.Entry, _ session: Session) -> Record {
    Record(
      always: [("asyncoperationid", .guid(deletion.id))],
      [
        ("name", .text(deletion.name)), ("messagename", .text("BulkDelete")),
        ("operationtype", .integer(13)), ("statecode", .integer(3)), ("statuscode", .integer(30)),
        ("createdon", Cell(deletion.started)), ("startedon", Cell(deletion.started)),
        ("completedon", Cell(deletion.ended)), ("modifiedon", Cell(deletion.ended)),
        ("message", .null), ("friendlymessage", .null), ("errorcode", .integer(0)),
        ("_ownerid_value", .guid(session.user)),
      ]
    )
  }

  /// As recorded of the platform for imports; the option set's own for the others (WA-G2).
  private static func type(_ message: String) -> Int {
    if message.hasPrefix("ImportSolution") { return 54 }
    if message.hasPrefix("StageAndUpgrade") { return 211 }
    if message.hasPrefix("DeleteAndPromote") { return 207 }
    if message.hasPrefix("UninstallSolution") { return 208 }
    if message.hasPrefix("Publish") { return 204 }
    if message.hasPrefix("ExportSolution") { return 202 }
    return 54
  }

  static func importJob(_ job: SolutionJob, _ session: Session, solution: GUID?, _ log: ImportLog?)
    -> Record
  {
    Record(
      always: [("importjobid", Cell(job.importJob))],
      [
        ("name", .text("Customizations")), ("solutionname", Cell(job.solution)),
        ("progress", .real(job.ended == nil ? Double(job.percent) : 100)),
        ("startedon", Cell(job.started)), ("completedon", Cell(job.ended)),
        ("createdon", Cell(job.started)), ("importcontext", .text("ImportInstall")),
        ("_createdby_value", .guid(session.user)),
        ("solutionid", Cell(solution)),
        ("operationcontext", .text("Initial")), ("data", log.map { .text($0.xml) } ?? .null),
      ]
    )
  }
}
