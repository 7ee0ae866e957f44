internal import Lifecycle
internal import OData
internal import Solutions

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
    type: "environmentvariablevalue",
    writing: { try await HeldWriting($0, $1).value($2) },
    records: { api, _ in
      try await Held.all(.environmentVariableDefinition, api).compactMap { $0.variableValue }
    }
  )

  static let connectionReferences = SystemSet(
    name: "connectionreferences",
    type: "connectionreference",
    writing: { try await HeldWriting($0, $1).connection($2) },
    records: { api, _ in
      try await Held.all(.connectionReference, api).map { $0.connectionReference }
    }
  )
}

/// A component with what the environment says of it; secrets are told to be set, and not what they are.
struct Held {
  private let row: ComponentRow
  let setting: Setting?
  private let secrecy: Secrecy

  static func all(_ type: ComponentType, _ api: WebAPI) async throws -> [Held] {
    let (ids, state) = try await api.ask(KindQuestion(type))
    return ids.compactMap { id in
      ComponentRow(id, in: state).map {
        Held(row: $0, setting: state.told(id), secrecy: Secrecy(id, in: state))
      }
    }
  }

  var guid: GUID { row.guid }
  /// Of the value that it holds, or would.
  var valueID: GUID { GUID(from: "value", guid.description) }
  var component: Component { row.component }

  /// Of the definition in effect.
  private func text(_ name: String) -> String? {
    row.text(name).map { secrecy.told($0, at: name) }
  }

  private var isManaged: (String, Cell) { ("ismanaged", .boolean(row.isManaged)) }

  /// With the value that the environment holds.
  var variable: Record {
    var record = definition
    record.related = [
      (
        "environmentvariabledefinition_environmentvariablevalue",
        .list(variableValue.map { [.record($0)] } ?? [])
      )
    ]
    return record
  }

  private var definition: Record {
    let own: [(String, Cell)] = [
      ("schemaname", .text(component.name)),
      ("displayname", row.name),
      ("type", Cell(text("type").flatMap { Int($0) })),
      ("defaultvalue", Cell(text("defaultvalue"))),
      ("isrequired", .boolean(text("isrequired") == "1")), isManaged,
      ("statecode", .integer(0)), ("statuscode", .integer(1)),
    ]
    return Record(
      always: [("environmentvariabledefinitionid", .guid(guid))],
      own + row.cells(of: "environmentvariabledefinition", besides: own)
    )
  }

  /// nil where the environment holds none.
  var variableValue: Record? {
    setting.map { setting in
      Record(
        always: [("environmentvariablevalueid", .guid(valueID))],
        [
          ("schemaname", .text(component.name)), ("value", .text(setting.text)),
          ("_environmentvariabledefinitionid_value", .guid(guid)), ("ismanaged", .boolean(false)),
          ("statecode", .integer(0)), ("statuscode", .integer(1)),
        ],
        related: [("EnvironmentVariableDefinitionId", .record(definition))]
      )
    }
  }

  var connectionReference: Record {
    let own: [(String, Cell)] = [
      ("connectionreferencelogicalname", .text(component.name)),
      ("connectionreferencedisplayname", row.name),
      ("connectorid", Cell(text("connectorid"))), ("connectionid", Cell(setting?.text)),
      isManaged, ("statecode", .integer(0)), ("statuscode", .integer(1)),
    ]
    return Record(
      always: [("connectionreferenceid", .guid(guid))],
      own + row.cells(of: "connectionreference", besides: own)
    )
  }
}
