internal import JSON

/// What the JSON of a cloud or desktop flow names (PF-605).
///
/// | place | names | tracked |
/// |---|---|---|
/// | `connection/connectionReferenceLogicalName` | connection reference | yes |
/// | `api/logicalName` | custom connector | yes |
/// | `parameters/…/metadata/schemaName` | environment variable | yes |
/// | `workflowReferenceName`, `uiFlowId` | process | yes |
/// | `parameters/entityName` | table, by the name of its set | no |
/// | `parameters/subscriptionRequest/entityname`, `filteringattributes` | table, its columns | no |
/// | `parameters/item/column`, `$select` | column of that table | no |
/// | `parameters/actionName` | custom API | no |
///
/// Expressions and query strings are not read.
struct FlowReader {
  private(set) var references = References()

  init(_ flow: JSONValue) {
    read(flow, under: "")
  }

  /// Nesting is bounded where the text is read.
  private mutating func read(_ value: JSONValue, under key: String) {
    for element in value.elements { read(element, under: key) }
    if key == "parameters" { readParameters(value) }
    for member in value.members {
      if let text = member.value.text {
        readText(text, of: member.key, under: key)
      } else {
        read(member.value, under: member.key)
      }
    }
  }

  private mutating func readText(_ text: String, of key: String, under place: String) {
    guard let name = Self.literal(text) else { return }
    switch key {
    case "connectionReferenceLogicalName":
      references.add(
        ComponentID(.connectionReference, name.lowercased()),
        via: "flow/connectionReferences"
      )
    case "logicalName" where place == "api":
      references.add(
        ComponentID(.connector, name.lowercased()),
        via: "flow/connectionReferences/api"
      )
    case "schemaName" where place == "metadata":
      references.add(
        ComponentID(.environmentVariableDefinition, name.lowercased()),
        via: "flow/parameters"
      )
    case "workflowReferenceName", "uiFlowId": references.guid(name, .workflow, via: "flow/\(key)")
    default: break
    }
  }

  /// Parameters of an action or a trigger: what it does to which table.
  private mutating func readParameters(_ parameters: JSONValue) {
    let trigger = Self.literal(parameters["subscriptionRequest/entityname"]?.text)
    if let trigger { references.add(.entity(trigger), .untracked, via: "flow/trigger") }
    for column in Self.list(parameters["subscriptionRequest/filteringattributes"]?.text) {
      guard let trigger else { break }
      references.add(.attribute(trigger, column), .untracked, via: "flow/trigger")
    }
    if let set = Self.literal((parameters["entityName"] ?? parameters["table"])?.text) {
      references.add(.entity(set), .untracked, via: "flow/entityName")
      for column in Self.list(parameters["$select"]?.text) {
        references.path(set, column, .untracked, via: "flow/$select")
      }
      for member in parameters.members where member.key.hasPrefix("item/") {
        // `item/lookup@odata.bind` binds a record.
        let column = member.key.dropFirst("item/".count).prefix { $0 != "@" && $0 != "/" }
        references.path(set, String(column), .untracked, via: "flow/item")
      }
    }
    if let action = Self.literal(parameters["actionName"]?.text) {
      references.add(
        ComponentID(.table("customapi"), action.lowercased()),
        .untracked,
        via: "flow/actionName"
      )
    }
  }

  /// No expression and no text with one in it.
  private static func literal(_ text: String?) -> String? {
    guard let text, !text.isEmpty, !text.contains("@") else { return nil }
    return text
  }

  private static func list(_ text: String?) -> [String] {
    (literal(text) ?? "").split { $0 == "," || $0 == " " }.map(String.init)
  }
}
