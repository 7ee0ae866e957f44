internal import Lifecycle
internal import OData
internal import Solutions
internal import XML

/// What a solution lists, told as people read it.
extension SystemSet {
  /// Of the solution that a filter names; of all where it names none.
  static let componentSummaries = SystemSet(
    name: "msdyn_solutioncomponentsummaries",
    type: "msdyn_solutioncomponentsummary"
  ) { api, answer in try await ComponentSummaries(api, answer.options).records() }

  static let componentCountSummaries = SystemSet(
    name: "msdyn_solutioncomponentcountsummaries",
    type: "msdyn_solutioncomponentcountsummary"
  ) { api, answer in try await ComponentSummaries(api, answer.options).counts() }

  /// The numbers of kinds that frameworks bring, which are others in each environment.
  static let componentDefinitions = SystemSet(
    name: "solutioncomponentdefinitions",
    type: "solutioncomponentdefinition"
  ) { api, _ in
    let kinds = ComponentKinds.standard
    let known = Set(kinds.all.map(\.type)).union(try await api.ask(NamesQuestion()).map(\.type))
    return known.sorted().map { type in
      let table: String? = if case .table(let name) = type { name } else { nil }
      return Record(
        always: [
          (
            "solutioncomponentdefinitionid",
            .guid(GUID(from: "solutioncomponentdefinition", "\(type)"))
          )
        ],
        [
          ("solutioncomponenttype", .integer(Definitions.number(of: type))),
          ("name", .text(kinds[type].name)), ("primaryentityname", Cell(table)),
          ("objecttypecode", Cell(table.map { Definitions.code(of: $0) })),
        ]
      )
    }
  }
}

private struct ComponentSummaries {
  private let api: WebAPI
  private let options: QueryOptions

  init(_ api: WebAPI, _ options: QueryOptions) { (self.api, self.options) = (api, options) }

  private func solutions() async throws -> [InstalledSolution.Dated] {
    try await SolutionRecords(api).solutions(named: "msdyn_solutionid", options)
  }

  func records() async throws -> [Record] {
    var records: [Record] = []
    for dated in try await solutions() {
      guard let contents = try await api.ask(SolutionQuestion(dated.solution.name)) else {
        continue
      }
      let state = try await api.ask(PartQuestion(of: Set(contents.members.map(\.id))))
      records += contents.members.map { record($0, in: dated, state) }
    }
    return records
  }

  func counts() async throws -> [Record] {
    var records: [Record] = []
    for dated in try await solutions() {
      guard let contents = try await api.ask(SolutionQuestion(dated.solution.name)) else {
        continue
      }
      let byType = Dictionary(grouping: contents.members, by: \.id.type)
      records += byType.sorted { $0.key < $1.key }.map { type, members in
        let id = GUID(from: "count", dated.solution.id.description, "\(type)")
        return Record(
          always: [("msdyn_solutioncomponentcountsummaryid", .guid(id))],
          [
            ("msdyn_solutionid", .guid(dated.solution.id)),
            ("msdyn_componentlogicalname", .text(Self.logicalName(of: type))),
            ("msdyn_componenttype", .integer(Definitions.number(of: type))),
            ("msdyn_total", .integer(members.count)),
          ]
        )
      }
    }
    return records
  }

  /// Of the table in which the platform keeps such components.
  private static func logicalName(of type: ComponentType) -> String {
    ComponentKinds.standard[type].name.lowercased()
  }

  private func record(
    _ member: SolutionMember,
    in dated: InstalledSolution.Dated,
    _ state: InstalledState
  ) -> Record {
    let (id, kinds) = (member.id, ComponentKinds.standard)
    let stack = state.standing(id)
    let element = stack?.effective(kinds[id.type].merge).definition.element
    let isUnmanagedWork =
      state.layer(of: id, by: .active) != nil || state.layer(of: id, by: .draft) != nil
    let table = id.type == ComponentID.entity("").type ? id.key : nil
    let customizable =
      element?.text(of: "IsCustomizable")
      ?? element?.descend("EntityInfo", "entity")?.text(of: "IsCustomizable")
    let parent = stack?.top.component.parent
    let isPart = parent?.type == ComponentID.entity("").type
    let column = isPart ? id.tableAndColumn?.column : nil
    let name = table ?? column ?? member.name ?? id.key
    let described: [(String, Cell)] = [
      ("msdyn_objectid", .text(Definitions.id(of: id).description)),
      ("msdyn_name", .text(name)),
      ("msdyn_displayname", .text(member.displayName ?? name)),
      (
        "msdyn_schemaname",
        .text(element?.attribute("PhysicalName") ?? (table == nil ? name : member.name ?? name))
      ),
      ("msdyn_componenttype", .integer(Definitions.number(of: id.type))),
      ("msdyn_componenttypename", .text(kinds[id.type].title)),
      ("msdyn_componentlogicalname", .text(Self.logicalName(of: id.type))),
      ("msdyn_primaryentityname", Cell(parent.map(\.key))),
      ("msdyn_fieldtype", Cell(element?.text(of: "Type"))),
      ("msdyn_objecttypecode", Cell(table.map { Definitions.code(of: $0) })),
      ("msdyn_primaryidattribute", Cell(table.map { SystemSchema.primaryKey(of: $0) })),
      (
        "msdyn_logicalcollectionname",
        Cell(element?.descend("EntityInfo", "entity")?.text(of: "EntitySetName"))
      ),
    ]
    let stated: [(String, Cell)] = [
      ("msdyn_solutionid", .guid(dated.solution.id)),
      ("msdyn_ismanaged", .boolean(stack?.isManaged ?? true)),
      ("msdyn_iscustom", .boolean((member.name ?? id.key).contains("_"))),
      ("msdyn_iscustomizable", .boolean(customizable != "0")),
      ("msdyn_hasactivecustomization", .boolean(isUnmanagedWork)),
      ("msdyn_createdon", Cell(dated.dates?.installed)),
      ("msdyn_modifiedon", Cell(dated.dates?.updated)), ("msdyn_owner", .null),
      ("msdyn_status", Cell(member.isOn.map { $0 ? 1 : 0 })),
      ("msdyn_statusname", Cell(member.isOn.map { $0 ? "On" : "Off" })),
      ("msdyn_subtype", .null), ("msdyn_total", .null),
    ]
    return Record(
      always: [("msdyn_solutioncomponentsummaryid", .null)],
      described + stated
    )
  }
}
