internal import Hashing
internal import JSON
internal import Lifecycle
internal import OData
internal import Solutions

/// Messages about solutions: each becomes a plan, and the plan a job.
extension Operations {
  static let solutionMessages: [Operation] = [
    .stageSolution,
    .importing("ImportSolution", action: nil, isAsync: false),
    .importing("ImportSolutionAsync", action: nil, isAsync: true),
    .importing("StageAndUpgrade", action: .upgrade, isAsync: false),
    .importing("StageAndUpgradeAsync", action: .upgrade, isAsync: true),
    .promoting("DeleteAndPromote", isAsync: false),
    .promoting("DeleteAndPromoteAsync", isAsync: true), .uninstallSolutionAsync,
    .cloning("CloneAsPatch"), .cloning("CloneAsSolution"), .exportSolution,
    .publishing("PublishAllXml", isAsync: false), .publishing("PublishXml", isAsync: false),
    .publishing("PublishAllXmlAsync", isAsync: true), .retrieveSolutionImportResult,
    .retrieveFormattedImportJobResults,
  ]
}

extension Operation {
  private static let ignored: Set<String> = [
    "ConvertToManaged", "SkipProductUpdateDependencies", "SkipQueueRibbonJob",
    "AsyncRibbonProcessing", "IsTemplateMode", "TemplateSuffix", "TemplateDisplayNamePrefix",
  ]

  // MARK: Importing

  /// - Parameter action: nil where the message says itself whether it stages.
  static func importing(_ name: String, action: SolutionOrder.Action?, isAsync: Bool) -> Operation {
    let known = ignored.union([
      "OverwriteUnmanagedCustomizations", "PublishWorkflows", "CustomizationFile", "ImportJobId",
      "HoldingSolution", "ComponentParameters", "SolutionParameters", "LayerDesiredOrder",
    ])
    return Operation(action: name) { api, request, _ in
      try request.require(.write)
      let desk = try request.requireDesk()
      let message = try Message(name, request, known: known)
      if let order = message["LayerDesiredOrder"], order.kind != .null {
        throw WebError(missing: "LayerDesiredOrder")
      }
      let sha256 = try await package(message, api, desk)
      let isHolding = try message.flag("HoldingSolution")
      var order = SolutionOrder(
        .importing(sha256: sha256, action ?? (isHolding ? .stage : .update)),
        message: name
      )
      order.overwritesCustomizations = try message.flag("OverwriteUnmanagedCustomizations")
      order.enablesProcesses = try message.flag("PublishWorkflows")
      try addParameters(message["ComponentParameters"], to: &order)
      let job = try await desk.begin(order, id: try jobID(message), by: request)
      guard !isAsync else {
        return Operations.answer(name, request) {
          $0.member("AsyncOperationId", job.operation.description)
          $0.member("ImportJobKey", job.id)
        }
      }
      let ended = try await desk.ended(job.id)
      try requireDone(ended)
      guard action == .upgrade else { return .nothing }
      return try await solution(ended.solution, of: name, api, request)
    }
  }

  /// The package itself, or one that was staged.
  private static func package(
    _ message: Message,
    _ api: WebAPI,
    _ desk: any SolutionDesk
  ) async throws -> String {
    if let staged = message["SolutionParameters"]?["StageSolutionUploadId"]?.text {
      guard let id = GUID(staged), let upload = api.uploads.find(id) else {
        throw WebError(400, "0x80040217", "there is no staged upload \(staged.shown(80))")
      }
      return upload
    }
    guard let bytes = try message.bytes("CustomizationFile") else {
      throw WebError.badBody("\(message.name) takes CustomizationFile")
    }
    return try await desk.keep(bytes).sha256
  }

  private static func jobID(_ message: Message) throws -> String? {
    guard let stated = message["ImportJobId"], stated.kind != .null else { return nil }
    guard let text = stated.text, let id = GUID(text) else {
      throw WebError.badBody("ImportJobId is no GUID")
    }
    return id.description
  }

  /// Values of environment variables and ids of connections.
  private static func addParameters(_ value: JSONValue?, to order: inout SolutionOrder) throws {
    guard let value, value.kind != .null else { return }
    guard value.kind == .array else { throw WebError.badBody("ComponentParameters is a list") }
    for parameter in value.elements {
      if let name = parameter["schemaname"]?.text, let text = parameter["value"]?.text {
        order.variables[name] = text
      } else if let name = parameter["connectionreferencelogicalname"]?.text {
        if let id = parameter["connectionid"]?.text { order.connections[name] = id }
      } else {
        throw WebError(missing: "a ComponentParameter that is neither variable nor connection")
      }
    }
  }

  static func requireDone(_ job: SolutionJob) throws {
    switch job.state {
    case .done: return
    case .running:
      throw WebError(
        503,
        "0x80048543",
        "\(job.title) still runs: ask asyncoperations(\(job.operation))"
      )
    case .failed, .cancelled:
      throw WebError(400, job.platformCode, job.failure ?? "\(job.title) came to nothing")
    }
  }

  private static func solution(
    _ name: String?,
    of message: String,
    _ api: WebAPI,
    _ request: WebRequest
  ) async throws -> WebResponse {
    let found = try await api.ask(InstalledQuestion()).first {
      $0.solution.name.text.lowercased() == name?.lowercased()
    }
    return Operations.answer(message, request) {
      $0.member("SolutionId", found.map { $0.solution.id.description })
    }
  }

  // MARK: Staging

  static let stageSolution = Operation(action: "StageSolution") { api, request, _ in
    try request.require(.plan)
    let desk = try request.requireDesk()
    let message = try Message("StageSolution", request, known: ["CustomizationFile"])
    guard let bytes = try message.bytes("CustomizationFile") else {
      throw WebError.badBody("StageSolution takes CustomizationFile")
    }
    let (sha256, package) = try await desk.keep(bytes)
    let findings = try await desk.findings(
      of: SolutionOrder(.importing(sha256: sha256, .update), message: "StageSolution")
    )
    let missing = try await api.ask(MissingNeedsQuestion(of: package))
    let id = api.uploads.add(sha256, api.newID)
    // A version that is not higher is refused by the import, and asked for by the upgrade: neither is said here.
    let told = findings.filter { $0.code != "0x80048541" }
    let solution = package.manifest
    return Operations.answer("StageSolution", request) {
      $0.member("StageSolutionResults") {
        $0.object { json in
          json.member("StageSolutionUploadId", id.description)
          json.member("StageSolutionStatus", told.contains(where: \.isError) ? "Failed" : "Passed")
          json.member("SolutionValidationResults") {
            $0.list { json in for finding in told { write(finding, into: &json) } }
          }
          json.member("MissingDependencies") {
            $0.list { json in for need in missing { need.writeFlat(into: &json) } }
          }
          json.member("SolutionDetails") {
            $0.object {
              $0.member("SolutionUniqueName", solution.name.text)
              $0.member("SolutionFriendlyName", solution.displayName)
              $0.member("SolutionVersion", solution.version.text)
              $0.member("IsManaged", solution.isManaged)
            }
          }
          json.member("SolutionComponentsDetails") { $0.list { _ in } }
        }
      }
    }
  }

  private static func write(_ finding: DeskFinding, into json: inout JSONWriter) {
    json.object {
      $0.member("SolutionValidationResultType", finding.isError ? "Error" : "Warning")
      $0.member("ErrorCode", WebError.signed(finding.code))
      $0.member("Message", finding.message)
      $0.member("AdditionalInfo", nil as String?)
    }
  }

  // MARK: Others

  static func promoting(_ name: String, isAsync: Bool) -> Operation {
    Operation(action: name) { api, request, _ in
      try request.require(.write)
      let desk = try request.requireDesk()
      let message = try Message(name, request, known: ["UniqueName"])
      let solution = try message.text("UniqueName")
      let order = SolutionOrder(.applyUpgrade(solution), message: name)
      let job = try await desk.begin(order, id: nil, by: request)
      guard !isAsync else { return begun(name, job, request) }
      try requireDone(try await desk.ended(job.id))
      return try await self.solution(solution, of: name, api, request)
    }
  }

  static let uninstallSolutionAsync = Operation(action: "UninstallSolutionAsync") {
    _,
    request,
    _ in
    try request.require(.write)
    let desk = try request.requireDesk()
    let message = try Message(
      "UninstallSolutionAsync",
      request,
      known: ["SolutionUniqueName"]
    )
    let order = SolutionOrder(
      .uninstall(try message.text("SolutionUniqueName")),
      message: "UninstallSolutionAsync"
    )
    return begun(
      "UninstallSolutionAsync",
      try await desk.begin(order, id: nil, by: request),
      request
    )
  }

  private static func begun(
    _ name: String,
    _ job: SolutionJob,
    _ request: WebRequest
  ) -> WebResponse {
    Operations.answer(name, request) {
      $0.member("AsyncOperationId", job.operation.description)
    }
  }

  static func cloning(_ name: String) -> Operation {
    Operation(action: name) { api, request, _ in
      try request.require(.write)
      let desk = try request.requireDesk()
      let message = try Message(
        name,
        request,
        known: ["ParentSolutionUniqueName", "DisplayName", "VersionNumber"]
      )
      let parent = try message.text("ParentSolutionUniqueName")
      let (version, title) = (try message.text("VersionNumber"), try message.text("DisplayName"))
      let before = Set(try await api.ask(InstalledQuestion()).map(\.solution.id))
      let order = SolutionOrder(
        name == "CloneAsPatch"
          ? .clonePatch(of: parent, version: version, displayName: title)
          : .cloneSolution(parent, version: version, displayName: title),
        message: name
      )
      let job = try await desk.begin(order, id: nil, by: request)
      try requireDone(try await desk.ended(job.id))
      let now = try await api.ask(InstalledQuestion())
      let made = now.first { !before.contains($0.solution.id) }
      let own = now.first { $0.solution.name.text.lowercased() == parent.lowercased() }
      return Operations.answer(name, request) {
        $0.member("SolutionId", (made ?? own).map { $0.solution.id.description })
      }
    }
  }

  static let exportSolution = Operation(action: "ExportSolution") { _, request, _ in
    try request.require(.plan)
    let desk = try request.requireDesk()
    let (solution, isManaged) = try exported("ExportSolution", request)
    let bytes = try await desk.export(solution, isManaged: isManaged)
    return Operations.answer("ExportSolution", request) {
      $0.member("ExportSolutionFile", Base64.encode(bytes))
    }
  }

  /// What is to be exported.
  static func exported(
    _ name: String,
    _ request: WebRequest
  ) throws -> (solution: String, isManaged: Bool) {
    let settings = [
      "AutoNumberingSettings", "CalendarSettings", "CustomizationSettings", "EmailTrackingSettings",
      "ExternalApplications", "GeneralSettings", "IsvConfig", "MarketingSettings",
      "OutlookSynchronizationSettings", "RelationshipRoles", "Sales", "ComponentsParams",
    ].map { "Export\($0)" }
    let message = try Message(
      name,
      request,
      known: Set(["SolutionName", "Managed", "TargetVersion"] + settings)
    )
    for setting in settings where message[setting]?.boolean == true {
      throw WebError(missing: "\(setting) of \(name)")
    }
    return (try message.text("SolutionName"), try message.flag("Managed"))
  }

  /// Drafts come into effect; of one component as of all, since publishing more than was asked for loses nothing.
  static func publishing(_ name: String, isAsync: Bool) -> Operation {
    Operation(action: name) { _, request, _ in
      try request.require(.write)
      let desk = try request.requireDesk()
      _ = try Message(name, request, known: name == "PublishXml" ? ["ParameterXml"] : [])
      let job = try await desk.begin(
        SolutionOrder(.publish, message: name),
        id: nil,
        by: request
      )
      guard !isAsync else { return begun(name, job, request) }
      try requireDone(try await desk.ended(job.id))
      return .nothing
    }
  }

  static let retrieveSolutionImportResult = Operation(function: "RetrieveSolutionImportResult") {
    _,
    request,
    parameters in
    let job = try await request.importJob(parameters)
    let log = try await ImportLog(job, request)
    return Operations.answer("RetrieveSolutionImportResult", request) {
      $0.member("SolutionOperationResult") {
        $0.object { json in
          json.member("Type", "Import")
          json.member("Status", job.state == .done ? "Passed" : "Failed")
          json.member("ErrorMessages") {
            $0.list { json in
              guard let failure = job.failure else { return }
              json.object {
                $0.member("ErrorCode", WebError.signed(job.platformCode))
                $0.member("Message", failure)
              }
            }
          }
          json.member("WarningMessages") {
            $0.list { json in
              for warning in job.warnings { json.object { $0.member("Message", warning) } }
            }
          }
          json.member("FormattedResults", log.workbook)
          json.member("ActionLink", nil as String?)
        }
      }
    }
  }
}

extension WebError {
  /// A code as a signed number, as lists of messages have it; 0 where it is none of the platform's.
  static func signed(_ code: String) -> Int {
    guard code.lowercased().hasPrefix("0x"), let number = UInt32(code.dropFirst(2), radix: 16)
    else { return 0 }
    return Int(Int32(bitPattern: number))
  }
}

extension SolutionJob {
  /// Ours says nothing to programs of the platform.
  var platformCode: String {
    guard let code, code.lowercased().hasPrefix("0x") else { return "0x80048033" }
    return "0x\(code.dropFirst(2).lowercased())"
  }
}
