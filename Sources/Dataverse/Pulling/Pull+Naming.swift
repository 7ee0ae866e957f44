internal import JSON
internal import Solutions

/// From the numbers and ids of an environment to the names that packages have.
extension Pull {
  /// A component is known from the first time that it is met; by name where its id is its name.
  mutating func meet(_ object: Facts.Object) {
    guard components[object] == nil else { return }
    var component = Facts.Component(object: object)
    if object.type == ComponentType.entity.number, let table = tables[object.id] {
      component.id = .entity(table)
      component.name = table
    } else if let kind = kind(of: object), !Self.named.contains(kind.type), kind.isKnownByID {
      component.id = ComponentID(kind.type, object.id.description)
      component.name = object.id.description
    }
    components[object] = component
  }

  /// Kinds of which a name, with that of a table at most, says which component it is in every package.
  ///
  /// Others have keys of several parts, of which a summary tells one: they are named by rows of their own, where these are told.
  private static let named: Set<ComponentType> = [
    .entity, .attribute, .entityKey, .optionSet, .entityRelationship, .webResource, .siteMap,
    .pluginAssembly, .canvasApp, .environmentVariableDefinition, .connectionReference,
    ComponentKind.appModule.type,
  ]

  /// As it is called there; the table is that of a part of one.
  mutating func call(_ object: Facts.Object, _ name: String, table: String?) {
    guard var component = components[object], component.id == nil || component.name == nil,
      let kind = kind(of: object), Self.named.contains(kind.type)
    else { return }
    let owner = table ?? component.parent?.key
    let isPart = kind.isPartOfTable
    if isPart, owner == nil { return }
    let root = ComponentKind.Root(schemaName: name, id: object.id, parentSchemaName: owner)
    guard let key = kind.key(of: root) else { return }
    component.id = ComponentID(kind.type, key.key)
    component.name = key.name
    if isPart, let owner { component.parent = .entity(owner.lowercased()) }
    components[object] = component
  }

  /// By all parts of its name, with what it is a part of.
  mutating func call(_ row: GUID?, _ id: ComponentID, of whole: ComponentID) {
    guard let row, let type = id.type.number else { return }
    let object = Facts.Object(type: type, id: row)
    guard components[object]?.id == nil else { return }
    components[object]?.id = id
    components[object]?.name = id.key
    components[object]?.parent = whole
  }

  /// What is known by its id may be a part of a table all the same: a form, a view.
  private func isPart(_ kind: ComponentKind) -> Bool {
    if case .none = kind.parent { false } else { kind.isKnownByID }
  }

  mutating func belong(_ object: Facts.Object, to table: String) {
    guard let kind = kind(of: object), isPart(kind), components[object]?.parent == nil else {
      return
    }
    components[object]?.parent = .entity(table.lowercased())
  }

  private func kind(of object: Facts.Object) -> ComponentKind? {
    let kind = kinds.kind(ofRoot: .number(object.type))
    if kinds.knows(kind.type) { return kind }
    return rowKinds[object.type].map { kinds[.table($0)] }
  }
}

extension ComponentKind {
  private static let probe = GUID(from: "probe")

  /// Whether its id is its name, in every environment.
  fileprivate var isKnownByID: Bool {
    key(of: Root(schemaName: "probe", id: Self.probe, parentSchemaName: nil))?.key
      == Self.probe.description
  }

  /// Whether its name is one within a table.
  fileprivate var isPartOfTable: Bool {
    key(of: Root(schemaName: "probe", id: nil, parentSchemaName: "table"))?.key.hasPrefix("table.")
      ?? false
  }
}

/// Names of environment variables and connection references, and which of them have something.
struct HeldNames: Sendable {
  private var names: [String]?
  private var defaults: Set<String> = []
  private var values: Set<String> = []
  private var references: [String]?
  private var connected: Set<String> = []

  /// A list that is told, though it is empty.
  mutating func begin(_ subject: Question.Subject) {
    if subject == .variables, names == nil { names = [] }
    if subject == .connections, references == nil { references = [] }
  }

  mutating func note(_ row: JSONValue, _ subject: Question.Subject) {
    func text(_ name: String) -> String? { row[name]?.text }
    switch subject {
    case .variables: text("schemaname").map { names?.append($0) }
    case .variableDefaults: text("schemaname").map { _ = defaults.insert($0.lowercased()) }
    case .variableValues:
      let name = row["EnvironmentVariableDefinitionId"]?["schemaname"]?.text
      name.map { _ = values.insert($0.lowercased()) }
    case .connections: text("connectionreferencelogicalname").map { references?.append($0) }
    case .connected:
      text("connectionreferencelogicalname").map { _ = connected.insert($0.lowercased()) }
    default: return
    }
  }

  var variables: [Facts.Held]? {
    names?.map { name in
      Facts.Held(
        name: name,
        hasValue: values.contains(name.lowercased()),
        hasDefault: defaults.contains(name.lowercased())
      )
    }
  }

  var connections: [Facts.Held]? {
    references?.map { Facts.Held(name: $0, hasValue: connected.contains($0.lowercased())) }
  }
}
