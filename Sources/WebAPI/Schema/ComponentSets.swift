internal import Hashing
internal import Lifecycle
internal import OData
internal import Solutions
internal import XML

/// A kind of component that the platform keeps as rows: they follow from what is in effect, and are only read.
struct ComponentSet: Sendable {
  /// Of the entity set.
  let name: String
  /// The table's logical name.
  let type: String
  let key: String
  let kind: ComponentType
  /// Columns that the platform has and nobody finds here.
  let missing: Set<String>
  let cells: @Sendable (ComponentRow) -> [(String, Cell)]
  /// Columns that say what a component's file holds.
  var contents: Contents?
  /// What else is said of them, and which others every environment has.
  var completion: (@Sendable ([Record], WebAPI) async throws -> [Record])?
  /// How they are made and deleted; nil where they are only read.
  var writing: SystemSet.Writing?

  /// What columns say of a component's file.
  struct Contents: Sendable {
    let columns: [String]
    /// Of what is known of the component, and of the bytes.
    let cells: @Sendable (Record, [UInt8]) -> [(String, Cell)]
  }

  init(
    _ name: String,
    type: String,
    key: String? = nil,
    of kind: ComponentType,
    missing: Set<String> = [],
    cells: @escaping @Sendable (ComponentRow) -> [(String, Cell)]
  ) {
    (self.name, self.type, self.key) = (name, type, key ?? "\(type)id")
    (self.kind, self.missing, self.cells) = (kind, missing, cells)
  }

  var set: SystemSet {
    SystemSet(name: name, told: (type, every)) { api, request, path in
      let first = path.segments[0]
      if let writing, !request.isReading { return try await writing(api, request, path) }
      let answer = try RecordAnswer(name, type: type, request)
      for column in answer.options.select ?? [] where missing.contains(column.text.lowercased()) {
        throw WebError(missing: "\(column.text) of \(name)")
      }
      var found = try await records(api)
      if let contents = contents(for: answer) {
        found = try answer.asked(among: found, first, key: key, besides: contents.columns)
        found = try await completed(found, contents, api)
      }
      return try answer.answer(
        try await answer.naming(found, api),
        key: key,
        first,
        Array(path.segments.dropFirst())
      )
    }
  }

  /// All of them, for queries over tables.
  private var every: SystemSet.Records {
    { api, answer in
      let records = try await records(api)
      guard let contents = contents(for: answer) else { return records }
      return try await completed(records, contents, api)
    }
  }

  /// nil where nobody asks what files hold.
  private func contents(for answer: RecordAnswer) -> Contents? {
    contents.flatMap { $0.columns.contains { answer.mayName($0) } ? $0 : nil }
  }

  /// The records with what their files hold.
  private func completed(
    _ records: [Record],
    _ contents: Contents,
    _ api: WebAPI
  ) async throws -> [Record] {
    // Their names are enough: what they say has been read.
    let names = try await api.ask(NamesQuestion()).filter { $0.type == kind }
    let ids = Dictionary(names.map { (Definitions.id(of: $0), $0) }) { first, _ in first }
    let own = records.map { record in record.id(key).flatMap { ids[$0] } }
    let files = try await api.ask(ContentsQuestion(of: Set(own.compactMap(\.self))))
    return zip(records, own).map { record, id in
      guard let file = id.flatMap({ files[$0] }) else { return record }
      var record = record
      record.cells += contents.cells(record, file).map { (name: $0.0, cell: $0.1) }
      return record
    }
  }

  private func records(_ api: WebAPI) async throws -> [Record] {
    let installed = try await api.installedByName()
    func owner(_ name: SolutionName) -> InstalledSolution {
      installed[name] ?? (name == .system ? .ofSystemLayer : .ofActiveLayer)
    }
    let records = try await ComponentRow.all(kind, api).map { row in
      let own =
        cells(row) + [
          ("ismanaged", .boolean(row.isManaged)), ("solutionid", .guid(owner(row.solution).id)),
        ]
      return Record(always: [(key, .guid(row.guid))], own + row.cells(of: type, besides: own))
    }
    return try await completion?(records, api) ?? records
  }
}

/// A component as it is in effect.
struct ComponentRow {
  let id: ComponentID
  let component: Component
  let isManaged: Bool
  /// Whose layer lies on top.
  let solution: SolutionName
  let element: XMLElement
  private let wrapper: XMLElement?
  private let isOn: Bool?

  /// In the order of their keys; what is only a draft has no row.
  static func all(_ type: ComponentType, _ api: WebAPI) async throws -> [ComponentRow] {
    let (ids, state) = try await api.ask(KindQuestion(type))
    return ids.compactMap { ComponentRow($0, in: state) }
  }

  init?(_ id: ComponentID, in state: InstalledState) {
    guard let stack = state.stacks[id] else { return nil }
    self.id = id
    component = stack.top.component
    isManaged = stack.isManaged
    solution = stack.top.solution
    let definition = stack.effective(ComponentKinds.standard[id.type].merge).definition
    element = definition.element
    wrapper = definition.fragment.isWrapped ? definition.element.parent : nil
    isOn = if case .isOn(let isOn)? = state.settings[id] { isOn } else { nil }
  }

  var guid: GUID { Definitions.id(of: id) }
  var name: Cell { .text(component.displayName ?? component.name) }
  /// Of the table that it is a part of.
  var table: Cell { Cell(component.parent?.key ?? "none") }

  /// An attribute or an element, however it is spelled.
  func text(_ name: String) -> String? {
    let wanted = name.lowercased()
    let found =
      element.attribute(name)
      ?? element.children.first { $0.name.lowercased() == wanted }?.text
    return found.flatMap { $0.isEmpty ? nil : $0 }
  }

  func string(_ name: String) -> Cell { Cell(text(name)) }
  func number(_ name: String) -> Cell { Cell(text(name).flatMap { Int($0) }) }
  func flag(_ name: String) -> Cell { .boolean(["1", "true"].contains(text(name)?.lowercased())) }

  /// A part of the definition, as XML.
  func xml(_ path: String...) -> Cell {
    let found = path.reduce(element as XMLElement?) { $0?.child($1) }
    return Cell(
      found.map { String(decoding: CanonicalWriter.bytes(of: XMLFragment($0)), as: UTF8.self) }
    )
  }

  /// What forms of the kind are called where they stand.
  var formType: Cell {
    let types = [
      "dashboard": 0, "appointmentBook": 1, "main": 2, "mobile": 5, "quick": 6, "quickCreate": 7,
      "dialog": 8, "taskBasedForm": 9, "interactionCentricDashboard": 10, "card": 11,
      "mainInteractionCentric": 12,
    ]
    return Cell(types[wrapper?.attribute("type") ?? "dashboard"])
  }

  /// - Parameters:
  ///   - on: state and status of what is switched on.
  func state(on: (Int, Int), off: (Int, Int), stated: String? = nil) -> [(String, Cell)] {
    let isOn = self.isOn ?? stated.map { Int(text($0) ?? "") == on.0 } ?? true
    let (state, status) = isOn ? on : off
    return [("statecode", .integer(state)), ("statuscode", .integer(status))]
  }
}

extension ComponentSet {
  /// Logical names of their tables.
  static let types: Set<String> = Set(all.map(\.type))

  /// Flows have their steps as JSON, all other processes as XAML.
  private static let workflows: ComponentSet = {
    var set = ComponentSet("workflows", type: "workflow", of: .workflow) { row in
      [
        ("name", row.name), ("uniquename", row.string("UniqueName")),
        ("category", row.number("Category")), ("type", row.number("Type")),
        ("mode", row.number("Mode")), ("scope", row.number("Scope")),
        ("ondemand", row.flag("OnDemand")), ("subprocess", row.flag("Subprocess")),
        ("primaryentity", row.string("PrimaryEntity")),
      ] + row.state(on: (1, 2), off: (0, 1), stated: "StateCode")
    }
    set.contents = Contents(columns: ["clientdata", "xaml"]) { record, file in
      let isFlow = if case .integer(5)? = record["category"] { true } else { false }
      return [(isFlow ? "clientdata" : "xaml", .text(String(decoding: file, as: UTF8.self)))]
    }
    set.writing = ComponentSwitching.writing(set.kind, of: set.type, on: 1)
    return set
  }()

  private static let steps: ComponentSet = {
    var set = ComponentSet(
      "sdkmessageprocessingsteps",
      type: "sdkmessageprocessingstep",
      of: 92,
      missing: ["configuration"]
    ) { row in
      [
        ("name", row.name), ("stage", row.number("Stage")), ("mode", row.number("Mode")),
        ("rank", row.number("Rank")), ("filteringattributes", row.string("FilteringAttributes")),
        ("_plugintypeid_value", row.pluginType), ("_eventhandler_value", row.pluginType),
      ] + row.state(on: (0, 1), off: (1, 2))
    }
    set.writing = ComponentSwitching.writing(set.kind, of: set.type, on: 0)
    return set
  }()

  private static let webResources: ComponentSet = {
    var set = ComponentSet(
      "webresourceset",
      type: "webresource",
      of: .webResource,
      missing: ["contentjson"]
    ) { row in
      [
        ("name", .text(row.component.name)), ("displayname", row.name),
        ("webresourcetype", row.number("WebResourceType")),
        ("languagecode", row.number("LanguageCode")),
      ]
    }
    set.contents = Contents(columns: ["content"]) { [("content", .text(Base64.encode($1)))] }
    return set
  }()

  static let all: [ComponentSet] = [
    ComponentSet(
      "systemforms",
      type: "systemform",
      key: "formid",
      of: .systemForm,
      missing: ["formjson"]
    ) { row in
      [
        ("name", row.name), ("objecttypecode", row.table), ("type", row.formType),
        ("formxml", row.xml("form")), ("formactivationstate", row.number("FormActivationState")),
        ("formpresentation", row.number("FormPresentation")),
      ]
    },
    ComponentSet(
      "savedqueryvisualizations",
      type: "savedqueryvisualization",
      of: .savedQueryVisualization
    ) { row in
      [
        ("name", row.name), ("primaryentitytypecode", row.table),
        ("datadescription", row.xml("datadescription", "datadefinition")),
        ("presentationdescription", row.xml("presentationdescription", "Chart")),
      ]
    },
    .roles,
    .workflows,
    ComponentSet("appmodules", type: "appmodule", of: 80, missing: ["descriptor"]) { row in
      [
        ("name", row.name), ("uniquename", .text(row.component.name)),
        ("clienttype", row.number("ClientType")), ("formfactor", row.number("FormFactor")),
        ("navigationtype", row.number("NavigationType")),
      ] + row.state(on: (0, 1), off: (1, 2))
    },
    ComponentSet("sitemaps", type: "sitemap", of: .siteMap) { row in
      let isDefault = row.component.parent == nil && row.id.key == "default"
      return [
        ("sitemapname", row.name),
        ("sitemapnameunique", isDefault ? .null : .text(row.component.name)),
        ("sitemapxml", isDefault ? row.xml() : row.xml("SiteMap")),
      ]
    },
    .webResources,
    .steps,
    ComponentSet(
      "pluginassemblies",
      type: "pluginassembly",
      of: .pluginAssembly,
      missing: ["content"]
    ) { row in
      [
        ("name", .text(String(row.component.name.prefix { $0 != "," }))),
        ("isolationmode", row.number("IsolationMode")), ("sourcetype", row.number("SourceType")),
      ] + row.assemblyName
    },
    ComponentSet("plugintypes", type: "plugintype", of: .pluginType) { row in
      [
        ("name", row.name), ("typename", row.string("Name")),
        ("friendlyname", row.string("FriendlyName")),
        ("assemblyname", .text(row.component.parent?.key ?? "")),
        ("_pluginassemblyid_value", Cell(row.component.parent.map { Definitions.id(of: $0) })),
      ]
    },
    ComponentSet("customapis", type: "customapi", of: .table("customapi")) { row in
      [
        ("uniquename", .text(row.component.name)), ("name", row.string("name")),
        ("bindingtype", row.number("bindingtype")), ("isfunction", row.flag("isfunction")),
        ("isprivate", row.flag("isprivate")),
      ]
    },
  ]
}
