import Contract
import Solutions

/// A file of deployment settings, in the form of `pac solution create-settings`:
/// `{"EnvironmentVariables":[{"SchemaName":…,"Value":…}],"ConnectionReferences":[{"LogicalName":…,"ConnectionId":…,"ConnectorId":…}]}`.
struct SettingsFile: Codable {
  struct Variable: Codable {
    let name: String
    var value: String?

    enum CodingKeys: String, CodingKey {
      case name = "SchemaName"
      case value = "Value"
    }
  }

  struct Connection: Codable {
    let name: String
    var id: String?
    var connector: String?

    enum CodingKeys: String, CodingKey {
      case name = "LogicalName"
      case id = "ConnectionId"
      case connector = "ConnectorId"
    }
  }

  var variables: [Variable]?
  var connections: [Connection]?

  enum CodingKeys: String, CodingKey {
    case variables = "EnvironmentVariables"
    case connections = "ConnectionReferences"
  }

  /// As it is written.
  static func document(_ path: String) throws -> SettingsFile {
    try JSONFile.read(path, "a deployment settings file") {
      try ShapeCoder.decode(SettingsFile.self, $0)
    }
  }

  /// What it gives; empty values are the blanks of a template.
  static func read(_ path: String) throws -> DeploymentSettings {
    let document = try document(path)
    var settings = DeploymentSettings()
    for variable in document.variables ?? [] {
      if let value = variable.value, !value.isEmpty { settings.values[variable.name] = value }
    }
    for connection in document.connections ?? [] {
      if let id = connection.id, !id.isEmpty {
        settings.connections[connection.name] = id
      }
    }
    return settings
  }
}

extension SettingsFile {
  /// Options with what the settings file says that they name.
  static func options(
    _ chosen: OperationOptions,
    isStrict: Bool,
    counts: RowCounts = RowCounts()
  ) throws -> PlanOptions {
    let deployment = try chosen.settingsFile.map { try read($0) }
    return PlanOptions(
      chosen,
      isStrict: isStrict,
      counts: counts,
      deployment: deployment ?? DeploymentSettings()
    )
  }
}

extension SettingsFile {
  /// Blanks for everything that can be set.
  init(_ settable: SettableComponents) {
    variables = settable.variables.map { Variable(name: $0.component.name, value: "") }
    connections = settable.connections.map {
      Connection(name: $0.component.name, id: "", connector: $0.connector ?? "")
    }
  }

  /// What is filled in here stays; blanks for what is new, and nothing goes.
  func completed(by blank: SettingsFile) -> SettingsFile {
    let names = Set((variables ?? []).map { $0.name.lowercased() })
    let references = Set((connections ?? []).map { $0.name.lowercased() })
    var whole = self
    whole.variables =
      (variables ?? []) + (blank.variables ?? []).filter { !names.contains($0.name.lowercased()) }
    whole.connections =
      (connections ?? [])
      + (blank.connections ?? []).filter { !references.contains($0.name.lowercased()) }
    return whole
  }

  var entries: SettingsEntries {
    SettingsEntries(
      variables: (variables ?? []).map { ($0.name, $0.value) },
      connections: (connections ?? []).map { ($0.name, $0.id, $0.connector) }
    )
  }
}
