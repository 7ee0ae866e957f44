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
  /// What a component's file holds, in base64; nil where no column says it.
  var contentColumn: String?
  /// What else is said of them, and which others every environment has.
  var completion: (@Sendable ([Record], WebAPI) async throws -> [Record])?
  /// How they are made and deleted; nil where they are only read.
  var writing: (@Sendable (WebAPI, WebRequest, ResourcePath) async throws -> WebResponse)?

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
      if let contentColumn, answer.mayName(contentColumn) {
        found = try answer.asked(among: found, first, key: key, besides: contentColumn)
        found = try await completed(found, api)
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
      return contentColumn.map { answer.mayName($0) } == true
        ? try await completed(records, api) : records
    }
  }

  /// The records with what their files hold.
  private func completed(_ records: [Record], _ api: WebAPI) async throws -> [Record] {
    guard let contentColumn else { return records }
    // Their names are enough: what they say has been read.
    let names = try await api.ask(NamesQuestion()).filter { $0.type == kind }
    let ids = Dictionary(names.map { (Definitions.id(of: $0), $0) }) { first, _ in first }
    let own = records.map { record -> ComponentID? in
      if case .guid(let id)? = record[key] { ids[id] } else { nil }
    }
    let contents = try await api.ask(ContentsQuestion(of: Set(own.compactMap(\.self))))
    return zip(records, own).map { record, id in
      var record = record
      let content = id.flatMap { contents[$0] }.map { Base64.encode($0) }
      record.cells.append((contentColumn, Cell(content)))
      return record
    }
  }

  private func records(_ api: WebAPI) async throws -> [Record] {
    let installed = try await api.installedByName()
    func owner(_ name: SolutionName) -> InstalledSolution {
      installed[name] ?? (name == .system ? .ofSystemLayer : .ofActiveLayer)
    }
    let records = try await ComponentRow.all(kind, api).map { row in
      Record(
        always: [(key, .guid(row.guid))],
        cells(row) + [
          ("ismanaged", .boolean(row.isManaged)), ("componentstate", .integer(0)),
          ("solutionid", .guid(owner(row.solution).id)),
          ("overwritetime", .moment("1900-01-01T00:00:00Z")),
          ("iscustomizable", .record(row.isCustomizable)),
        ]
      )
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
  private let element: XMLElement
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

  var isCustomizable: Record {
    let isOpen = !["0", "false"].contains(text("IsCustomizable")?.lowercased())
    return Record([
      ("Value", .boolean(isOpen)), ("CanBeChanged", .boolean(!isManaged)),
      ("ManagedPropertyLogicalName", .text("iscustomizableanddeletable")),
    ])
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
    set.contentColumn = "content"
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
    ComponentSet("workflows", type: "workflow", of: .workflow, missing: ["clientdata", "xaml"]) {
      row in
      [
        ("name", row.name), ("uniquename", row.string("UniqueName")),
        ("category", row.number("Category")), ("type", row.number("Type")),
        ("mode", row.number("Mode")), ("scope", row.number("Scope")),
        ("ondemand", row.flag("OnDemand")), ("subprocess", row.flag("Subprocess")),
        ("primaryentity", row.string("PrimaryEntity")),
      ] + row.state(on: (1, 2), off: (0, 1), stated: "StateCode")
    },
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
    ComponentSet(
      "sdkmessageprocessingsteps",
      type: "sdkmessageprocessingstep",
      of: 92,
      missing: ["configuration"]
    ) { row in
      [
        ("name", row.name), ("stage", row.number("Stage")), ("mode", row.number("Mode")),
        ("rank", row.number("Rank")), ("filteringattributes", row.string("FilteringAttributes")),
      ] + row.state(on: (0, 1), off: (1, 2))
    },
    ComponentSet(
      "pluginassemblies",
      type: "pluginassembly",
      of: .pluginAssembly,
      missing: ["content"]
    ) { row in
      [
        ("name", .text(String(row.component.name.prefix { $0 != "," }))),
        ("isolationmode", row.number("IsolationMode")), ("sourcetype", row.number("SourceType")),
      ]
    },
    ComponentSet("plugintypes", type: "plugintype", of: .pluginType) { row in
      [
        ("name", row.name), ("typename", row.string("Name")),
        ("friendlyname", row.string("FriendlyName")),
        ("assemblyname", .text(row.component.parent?.key ?? "")),
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
