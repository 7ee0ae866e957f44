internal import Hashing
internal import JSON
internal import Lifecycle
internal import OData
internal import Solutions

/// Messages about what an unmanaged solution lists, and exports that run beside.
extension Operations {
  static let membershipMessages: [Operation] = [
    .addSolutionComponent, .removeSolutionComponent, .updateSolutionComponent,
    .removeActiveCustomizations, .exportSolutionAsync, .downloadSolutionExportData,
  ]
}

extension Operation {
  static let addSolutionComponent = Operation(action: "AddSolutionComponent") { api, request, _ in
    let message = try Message(
      "AddSolutionComponent",
      request,
      known: [
        "ComponentId", "ComponentType", "SolutionUniqueName", "AddRequiredComponents",
        "DoNotIncludeSubcomponents", "IncludedComponentSettingsValues",
      ]
    )
    let makings = try await Makings(api, request, in: try message.text("SolutionUniqueName"))
    let id = try await component(message["ComponentId"], message, api)
    try await makings.perform(
      .listing(
        [id],
        in: makings.solution,
        behavior: id.type == .entity ? try behavior(message) : nil,
        withRequired: try message.flag("AddRequiredComponents")
      ),
      as: message.name
    )
    return try await membership(of: id, makings, message)
  }

  /// With settings and parts unless something else is said; nothing at all of the table itself for an empty list.
  private static func behavior(_ message: Message) throws -> RootComponent.Behavior {
    guard !isBare(message) else { return .shell }
    return try message.flag("DoNotIncludeSubcomponents")
      ? .doNotIncludeSubcomponents : .includeSubcomponents
  }

  /// Whether an empty list says that nothing of the table itself is meant.
  private static func isBare(_ message: Message) -> Bool {
    guard let settings = message["IncludedComponentSettingsValues"] else { return false }
    return settings.kind == .array && Array(settings.elements).isEmpty
  }

  /// The id inside is the component's own, despite its name.
  static let removeSolutionComponent = Operation(action: "RemoveSolutionComponent") {
    api,
    request,
    _ in
    let message = try Message(
      "RemoveSolutionComponent",
      request,
      known: ["SolutionComponent", "ComponentType", "SolutionUniqueName"]
    )
    let makings = try await Makings(api, request, in: try message.text("SolutionUniqueName"))
    let id = try await component(
      message["SolutionComponent"]?["solutioncomponentid"],
      message,
      api
    )
    let solution = try await api.installed(makings.solution).solution
    try await makings.perform(.unlisting([id], from: makings.solution), as: message.name)
    return answer(message.name, SolutionRecords.membership(of: id, in: solution.id), request)
  }

  static let updateSolutionComponent = Operation(action: "UpdateSolutionComponent") {
    api,
    request,
    _ in
    let message = try Message(
      "UpdateSolutionComponent",
      request,
      known: [
        "ComponentId", "ComponentType", "SolutionUniqueName", "IncludedComponentSettingsValues",
      ]
    )
    let makings = try await Makings(api, request, in: try message.text("SolutionUniqueName"))
    let id = try await component(message["ComponentId"], message, api)
    guard id.type == .entity else {
      throw WebError.badBody("only a table is listed with its settings or without")
    }
    let solution = try await api.installed(makings.solution).solution.name
    let listed = try await api.ask(SolutionQuestion(solution))?.members ?? []
    guard listed.contains(where: { $0.id == id }) else {
      throw WebError(400, "0x8004f021", "\(makings.solution) does not list that component")
    }
    try await makings.perform(
      .listing(
        [id],
        in: makings.solution,
        behavior: isBare(message) ? .shell : .doNotIncludeSubcomponents,
        withRequired: false
      ),
      as: message.name
    )
    return try await membership(of: id, makings, message)
  }

  private static func component(
    _ value: JSONValue?,
    _ message: Message,
    _ api: WebAPI
  ) async throws -> ComponentID {
    guard let id = value?.text.flatMap({ GUID($0) }), let type = message["ComponentType"]?.integer
    else { throw WebError.badBody("\(message.name) takes an id and a ComponentType") }
    guard let component = try await api.component(id, type: type) else {
      throw WebError(400, "0x80048537", "there is no component of type \(type) with the id \(id)")
    }
    return component
  }

  private static func membership(
    of id: ComponentID,
    _ makings: Makings,
    _ message: Message
  ) async throws -> WebResponse {
    let solution = try await makings.api.installed(makings.solution).solution
    return answer(
      message.name,
      SolutionRecords.membership(of: id, in: solution.id),
      makings.request
    )
  }

  private static func answer(_ name: String, _ id: GUID, _ request: WebRequest) -> WebResponse {
    Operations.answer(name, request) { $0.member("id", id.description) }
  }

  /// The unmanaged layer goes, and what lies below comes up.
  static let removeActiveCustomizations = Operation(action: "RemoveActiveCustomizations") {
    api,
    request,
    _ in
    let message = try Message(
      "RemoveActiveCustomizations",
      request,
      known: ["SolutionComponentName", "ComponentId"]
    )
    let makings = try await Makings(api, request, in: ChoiceBodies.noSolution, right: .destroy)
    let kind = try message.text("SolutionComponentName").lowercased()
    guard let id = GUID(try message.text("ComponentId")),
      let component = try await api.component(id, kind: kind)
    else {
      throw WebError(400, "0x80040217", "there is no \(kind.shown(80)) with that ComponentId")
    }
    try await makings.perform(.resetting([component]), as: message.name)
    return .nothing
  }

  // MARK: Exports

  static let exportSolutionAsync = Operation(action: "ExportSolutionAsync") { api, request, _ in
    try request.require(.plan)
    let desk = try request.requireDesk()
    let (solution, isManaged) = try exported("ExportSolutionAsync", request)
    let exports = api.exports
    let job = try await desk.beginExport(solution, isManaged: isManaged, by: request) { id, bytes in
      exports.keep(bytes, of: id)
    }
    return Operations.answer("ExportSolutionAsync", request) {
      $0.member("AsyncOperationId", job.operation.description)
      $0.member("ExportJobId", job.id)
    }
  }

  static let downloadSolutionExportData = Operation(action: "DownloadSolutionExportData") {
    api,
    request,
    _ in
    try request.require(.plan)
    let message = try Message("DownloadSolutionExportData", request, known: ["ExportJobId"])
    let id = try message.text("ExportJobId")
    guard let bytes = GUID(id).flatMap({ api.exports.find($0.description) }) else {
      throw WebError(
        400,
        "0x80040217",
        "the export \(id.shown(80)) has not ended, is not known, or was too long ago"
      )
    }
    return Operations.answer(message.name, request) {
      $0.member("ExportSolutionFile", Base64.encode(bytes))
    }
  }
}
