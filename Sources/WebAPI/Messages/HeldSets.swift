internal import Lifecycle
internal import OData
internal import Solutions
internal import XML

/// What solutions leave for an environment to say: values of variables, connections behind references.
extension SystemSet {
  static let environmentVariables = SystemSet(
    name: "environmentvariabledefinitions",
    type: "environmentvariabledefinition"
  ) { api, _ in
    try await Held.all(.environmentVariableDefinition, api).map { $0.variable }
  }

  static let environmentVariableValues = SystemSet(
    name: "environmentvariablevalues",
    type: "environmentvariablevalue"
  ) { api, _ in
    try await Held.all(.environmentVariableDefinition, api).compactMap { $0.variableValue }
  }

  static let connectionReferences = SystemSet(
    name: "connectionreferences",
    type: "connectionreference"
  ) { api, _ in try await Held.all(.connectionReference, api).map { $0.connectionReference } }
}

/// A component with what the environment says of it; secrets are told to be set, and not what they are.
private struct Held {
  private let id: ComponentID
  private let stack: LayerStack
  private let setting: Setting?
  private let secrecy: Secrecy

  static func all(_ type: ComponentType, _ api: WebAPI) async throws -> [Held] {
    let ids = try await api.ask(NamesQuestion()).filter { $0.type == type }
    let state = try await api.ask(PartQuestion(of: Set(ids)))
    return ids.compactMap { id in
      state.stacks[id].map {
        Held(id: id, stack: $0, setting: state.told(id), secrecy: Secrecy(id, in: state))
      }
    }
  }

  private var guid: GUID { Definitions.id(of: id) }
  private var component: Component { stack.top.component }

  /// Of the definition in effect, an attribute or an element of any case.
  private func text(_ name: String) -> String? {
    let element = stack.effective(ComponentKinds.standard[id.type].merge).definition.element
    let found =
      element.attribute(name)
      ?? element.children.first {
        $0.name.lowercased() == name
      }?.text
    return found.flatMap { $0.isEmpty ? nil : secrecy.told($0, at: name) }
  }

  private var isManaged: (String, Cell) { ("ismanaged", .boolean(stack.isManaged)) }

  var variable: Record {
    Record(
      always: [("environmentvariabledefinitionid", .guid(guid))],
      [
        ("schemaname", .text(component.name)),
        ("displayname", .text(component.displayName ?? component.name)),
        ("type", Cell(text("type").flatMap { Int($0) })),
        ("defaultvalue", Cell(text("defaultvalue"))),
        ("isrequired", .boolean(text("isrequired") == "1")), isManaged,
        ("statecode", .integer(0)), ("statuscode", .integer(1)),
      ]
    )
  }

  /// nil where the environment holds none.
  var variableValue: Record? {
    setting.map { setting in
      Record(
        always: [("environmentvariablevalueid", .guid(GUID(from: "value", guid.description)))],
        [
          ("schemaname", .text(component.name)), ("value", .text(setting.text)),
          ("_environmentvariabledefinitionid_value", .guid(guid)), ("ismanaged", .boolean(false)),
          ("statecode", .integer(0)), ("statuscode", .integer(1)),
        ],
        related: [("EnvironmentVariableDefinitionId", .record(variable))]
      )
    }
  }

  var connectionReference: Record {
    Record(
      always: [("connectionreferenceid", .guid(guid))],
      [
        ("connectionreferencelogicalname", .text(component.name)),
        ("connectionreferencedisplayname", .text(component.displayName ?? component.name)),
        ("connectorid", Cell(text("connectorid"))), ("connectionid", Cell(setting?.text)),
        isManaged, ("statecode", .integer(0)), ("statuscode", .integer(1)),
      ]
    )
  }
}
