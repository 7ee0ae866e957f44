internal import Hashing
internal import Lifecycle
internal import OData
internal import Solutions
internal import XML

/// Who needs whom: functions about one component or one solution (DP-101).
extension Operations {
  static let dependencyFunctions: [Operation] = [
    .edges("RetrieveDependentComponents") { id, state in
      DependencyGraph(state, kinds: .standard).dependents(of: id)
    },
    .edges("RetrieveRequiredComponents") { id, state in
      DependencyGraph(state, kinds: .standard).required(by: id)
    },
    .retrieveDependenciesForDelete, .retrieveDependenciesForUninstall, .retrieveMissingDependencies,
    .retrieveMissingComponents,
  ]
}

extension Operation {
  /// - Parameter find: what the answer tells of a component among its neighbors.
  static func edges(
    _ name: String,
    _ find: @escaping @Sendable (ComponentID, InstalledState) -> [DependencyGraph.Edge]
  ) -> Operation {
    Operation(function: name) { api, request, parameters in
      let component = try await component(parameters, api)
      let found = try await api.ask(
        ComponentQuestion(names: [component.key], type: component.type, hint: "")
      )
      return try DependencyRecords(found.state).answer(find(component, found.state), request)
    }
  }

  private static func component(
    _ parameters: Parameters,
    _ api: WebAPI
  ) async throws -> ComponentID {
    let (id, type) = (try parameters.guid("ObjectId"), try parameters.number("ComponentType"))
    guard let component = try await api.component(id, type: type) else {
      throw WebError(400, "0x80040217", "there is no component of type \(type) with the id \(id)")
    }
    return component
  }

  static let retrieveDependenciesForDelete = Operation(
    function: "RetrieveDependenciesForDelete"
  ) { api, request, parameters in
    let component = try await component(parameters, api)
    let state = try await api.ask(DeletionQuestion(of: component))
    let blocking = DependencyGraph.blocking(component, in: state, kinds: .standard)
    return try DependencyRecords(state).answer(blocking, request)
  }

  static let retrieveDependenciesForUninstall = Operation(
    function: "RetrieveDependenciesForUninstall"
  ) { api, request, parameters in
    let solution = try await api.installed(try parameters.text("SolutionUniqueName")).solution
    let blockers = try await api.catalog.lifecycle.plan(
      .uninstall(solution.name),
      counting: .skipped
    ).blockers
    let named = Set(blockers.flatMap { [$0.dependent, $0.required] })
    let state = try await api.ask(PartQuestion(of: named))
    return try DependencyRecords(state).answer(blockers, request)
  }

  static let retrieveMissingDependencies = Operation(function: "RetrieveMissingDependencies") {
    api,
    request,
    parameters in
    let name = try await api.installed(try parameters.text("SolutionUniqueName")).solution.name
    let state = try await api.ask(StateQuestion())
    let members = state.solutions[name]?.members ?? []
    let needs = DependencyGraph.needs(of: members, in: state, kinds: .standard)
    return try DependencyRecords(state).answer(needs, request)
  }

  /// What a package needs that is neither in it nor here.
  static let retrieveMissingComponents = Operation(function: "RetrieveMissingComponents") {
    api,
    request,
    parameters in
    try request.require(.plan)
    let text = try parameters.text("CustomizationFile")
    guard let bytes = Base64.decode(text) else {
      throw WebError.badQuery("CustomizationFile is no base64")
    }
    let package = try await request.requireDesk().keep(bytes).package
    let missing = try await api.ask(MissingNeedsQuestion(of: package))
    return Operations.answer("RetrieveMissingComponents", request) {
      $0.member("MissingComponents") {
        $0.list { json in
          for need in missing {
            json.object {
              $0.member("RequiredComponent") { need.write(need.required, "Required", into: &$0) }
              $0.member("DependentComponent") { need.write(need.dependent, "Dependent", into: &$0) }
            }
          }
        }
      }
    }
  }
}

extension MissingDependency {
  /// - Parameter tag: of the end in the manifest.
  fileprivate func write(_ end: End, _ tag: String, into json: inout JSONWriter) {
    let fields = MissingFields(self, end, tag)
    json.object {
      $0.member("DisplayName", fields.displayName)
      $0.member("Id", fields.id)
      $0.member("ParentDisplayName", fields.parentDisplayName)
      $0.member("ParentId", fields.parentID)
      $0.member("ParentSchemaName", fields.parentSchemaName)
      $0.member("SchemaName", fields.schemaName)
      $0.member("Solution", tag == "Required" ? provider : nil)
      $0.member("Type", fields.type)
    }
  }
}

extension MissingDependency {
  /// Both ends beside each other, as the answer of a staged package has them.
  func writeFlat(into json: inout JSONWriter) {
    json.object { json in
      for (prefix, end) in [("Required", required), ("Dependent", dependent)] {
        let fields = MissingFields(self, end, prefix)
        json.member("\(prefix)ComponentSchemaName", fields.schemaName)
        json.member("\(prefix)ComponentDisplayName", fields.displayName)
        json.member("\(prefix)ComponentParentSchemaName", fields.parentSchemaName)
        json.member("\(prefix)ComponentParentDisplayName", fields.parentDisplayName)
        json.member("\(prefix)ComponentId", fields.id)
        json.member("\(prefix)ComponentType", end.kind)
      }
      json.member("RequiredSolutionName", provider)
      json.member("CanResolveMissingDependency", false)
      json.member("MissingPackages") { $0.list { _ in } }
    }
  }
}

/// One end of an entry of a manifest, as its own fields and what is known of it say.
struct MissingFields {
  let schemaName, displayName, parentSchemaName, parentDisplayName: String?
  let id, parentID: String?
  let type: Int

  /// - Parameter tag: of the end in the manifest.
  init(_ need: MissingDependency, _ end: MissingDependency.End, _ tag: String) {
    let element = need.element?.child(tag)
    func guid(_ name: String) -> String? {
      element?.attribute(name).flatMap { GUID($0) }?.description
    }
    schemaName = element?.attribute("schemaName") ?? end.name
    displayName = end.displayName
    parentSchemaName = element?.attribute("parentSchemaName") ?? end.parentName
    parentDisplayName = element?.attribute("parentDisplayName") ?? end.parentName
    id = guid("id") ?? end.id.map { Definitions.id(of: $0).description }
    parentID = guid("parentId")
    type =
      element?.attribute("type").flatMap { Int($0) }
      ?? end.id.map { Definitions.number(of: $0.type) } ?? 0
  }
}

extension WebAPI {
  /// A component by what it is called over the wire; nil where there is none.
  func component(_ id: GUID, type: Int) async throws -> ComponentID? {
    func isMeant(_ component: ComponentID) -> Bool {
      Definitions.number(of: component.type) == type
    }
    let spoken = try await components.find(id, in: catalog)
    if let known = spoken.first(where: isMeant) { return known }
    return try await components.findAnywhere(id, in: catalog).first(where: isMeant)
  }

  /// The same by what its kind is called; nil also for what only every environment has.
  func component(_ id: GUID, kind name: String) async throws -> ComponentID? {
    let name = name.lowercased()
    return try await components.find(id, in: catalog).first {
      ComponentKinds.standard[$0.type].name.lowercased() == name
    }
  }

  /// - Throws: `WebError` where no such solution is installed.
  func installed(_ name: String) async throws -> InstalledSolution.Dated {
    let found = try await ask(InstalledQuestion()).first {
      $0.solution.name.text.lowercased() == name.lowercased()
    }
    guard let found else {
      throw WebError(400, "0x80048037", "there is no solution \(name.shown(80)) here")
    }
    return found
  }
}

extension SystemSet {
  static let dependencies = SystemSet(name: "dependencies", type: "dependency") { api, _ in
    let state = try await api.ask(StateQuestion())
    let records = DependencyRecords(state)
    return DependencyGraph(state, kinds: .standard).edges.compactMap { records.record($0) }
  }

  static let dependencyNodes = SystemSet(name: "dependencynodes", type: "dependencynode") {
    api,
    _ in
    let state = try await api.ask(StateQuestion())
    let records = DependencyRecords(state)
    let edges = DependencyGraph(state, kinds: .standard).edges
    let nodes = Set(edges.flatMap { [$0.dependent, $0.required] }).sorted()
    return nodes.map { records.node($0) }
  }
}

/// Dependencies as rows.
struct DependencyRecords {
  private let state: InstalledState

  init(_ state: InstalledState) { self.state = state }

  func answer(_ edges: [DependencyGraph.Edge], _ request: WebRequest) throws -> WebResponse {
    try RecordAnswer("dependencies", type: "dependency", request).many(
      edges.compactMap { record($0) }
    )
  }

  /// nil for what the platform does not track.
  func record(_ edge: DependencyGraph.Edge) -> Record? {
    guard edge.type != .untracked else { return nil }
    let (dependent, required) = (edge.dependent, edge.required)
    let id = GUID(
      from: "dependency",
      Definitions.id(of: dependent).description,
      Definitions.id(of: required).description
    )
    return Record(
      always: [("dependencyid", .guid(id))],
      [("dependencytype", .integer(edge.type.rawValue))]
        + end("dependentcomponent", dependent) + end("requiredcomponent", required) + [
          ("requiredcomponentintroducedversion", introduced(required)),
          ("versionnumber", .integer(state.revision)),
        ]
    )
  }

  private func end(_ name: String, _ id: ComponentID) -> [(String, Cell)] {
    [
      ("\(name)objectid", .guid(Definitions.id(of: id))),
      ("\(name)type", .integer(Definitions.number(of: id.type))),
      ("\(name)parentid", parent(of: id)), ("\(name)basesolutionid", .guid(solution(of: id))),
      ("_\(name)nodeid_value", .guid(node(of: id))),
    ]
  }

  func node(_ id: ComponentID) -> Record {
    Record(
      always: [("dependencynodeid", .guid(node(of: id)))],
      [
        ("objectid", .guid(Definitions.id(of: id))),
        ("componenttype", .integer(Definitions.number(of: id.type))), ("parentid", parent(of: id)),
        ("basesolutionid", .guid(solution(of: id))), ("introducedversion", introduced(id)),
      ]
    )
  }

  private func node(of id: ComponentID) -> GUID {
    GUID(from: "dependencynode", Definitions.id(of: id).description)
  }

  private func parent(of id: ComponentID) -> Cell {
    Cell(state.standing(id)?.top.component.parent.map { Definitions.id(of: $0) })
  }

  /// Whose layer lies at the bottom, as far as somebody has said it.
  private func solution(of id: ComponentID) -> GUID {
    let base = state.standing(id)?.layers.first { !$0.isAssumed }
    switch base?.solution {
    case .active?, .draft?: return .activeSolution
    case let name?: return state.solutions[name]?.id ?? .systemSolution
    case nil: return .systemSolution
    }
  }

  /// The first two numbers: the column is a number.
  private func introduced(_ id: ComponentID) -> Cell {
    let element = state.standing(id)?.top.component.definition.element
    let version =
      element?.text(of: "IntroducedVersion")
      ?? element?.descend("EntityInfo", "entity")?.text(of: "IntroducedVersion")
    let parts = version?.split(separator: ".").prefix(2).joined(separator: ".")
    return parts.flatMap { Double($0) }.map { .real($0) } ?? .null
  }
}
