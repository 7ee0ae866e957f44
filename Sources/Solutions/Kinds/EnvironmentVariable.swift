internal import JSON
internal import XML

extension ComponentType {
  package static let environmentVariableDefinition: ComponentType = 380
}

extension ComponentKind {
  /// An environment variable with its default (PF-623, PF-708).
  package static let environmentVariableDefinition = ComponentKind(
    .environmentVariableDefinition,
    named: "EnvironmentVariableDefinition",
    title: "Environment variable",
    at: ["EnvironmentVariables/Definition"],
    key: { element, _ in
      .named(
        element.attribute("schemaname") ?? element.attribute("SchemaName")
          ?? element.text(of: "SchemaName")
      )
    },
    headline: ["type", "Type", "defaultvalue", "DefaultValue"]
  )

  /// The current value of an environment variable that a package brings along (PF-709).
  package static let environmentVariableValue = ComponentKind(
    381,
    named: "EnvironmentVariableValue",
    title: "Environment variable value",
    key: { _, definition in definition.map { Key(key: $0.id.key, name: $0.name) } },
    parent: .enclosing
  )
}

extension InstalledState {
  /// Whether a component is an environment variable whose value is nobody's business, in any layer (PF-708).
  func isSecret(_ id: ComponentID) -> Bool {
    guard id.type == .environmentVariableDefinition, let stack = stacks[id] else { return false }
    return stack.layers.contains { $0.definition.variableKind == .secret }
  }

  /// Whether a property of a definition is a value of a secret variable: its default, or one that a package brings along.
  func isSecret(_ property: String, of id: ComponentID) -> Bool {
    Secrecy(id, in: self).hides(property)
  }
}

/// Which properties of a component are values of a secret variable, which are nobody's business (PF-708).
package struct Secrecy: Sendable {
  /// Nothing is hidden.
  private static let none = Secrecy(name: nil)

  /// Of the property; nil where none is.
  private let name: String?

  private init(name: String?) { self.name = name }

  package init(_ id: ComponentID, in state: InstalledState) {
    self.init(id) { state.isSecret(ComponentID(.environmentVariableDefinition, $0)) }
  }

  /// - Parameter isSecret: of the key of a variable.
  init(_ id: ComponentID, where isSecret: (String) -> Bool) {
    switch id.type {
    case .environmentVariableDefinition where isSecret(id.key): self.init(name: "defaultvalue")
    case ComponentKind.environmentVariableValue.type where isSecret(id.key):
      self.init(name: "value")
    default: self = .none
    }
  }

  func hides(_ path: String) -> Bool {
    name != nil
      && path.split(separator: "/").last.map { $0.lowercased().filter { $0 != "@" } } == name
  }

  /// A value as it may be told.
  package func told(_ value: String, at path: String) -> String {
    hides(path) && !value.isEmpty ? "a secret" : value
  }

  /// A change as it may be told.
  package func told(_ change: PropertyChange) -> PropertyChange {
    guard hides(change.path) else { return change }
    let before = change.before.map { told($0, at: change.path) }
    let after = change.after.map { told($0, at: change.path) }
    let other = before == after && change.before != change.after ? "another secret" : after
    return PropertyChange(
      path: change.path,
      words: change.words,
      before: before,
      after: other,
      effectiveBefore: before,
      effectiveAfter: other
    )
  }
}

/// What an environment variable holds (PF-708).
enum VariableKind: String {
  case text = "100000000"
  case number = "100000001"
  case boolean = "100000002"
  case json = "100000003"
  case dataSource = "100000004"
  case secret = "100000005"

  var word: String {
    switch self {
    case .text: "text"
    case .number: "number"
    case .boolean: "yes or no"
    case .json: "JSON document"
    case .dataSource: "data source"
    case .secret: "secret"
    }
  }

  /// Only of what can be told from the text alone.
  func fits(_ value: String) -> Bool {
    switch self {
    case .number: Double(value) != nil
    case .boolean: ["yes", "no", "true", "false", "0", "1"].contains(value.lowercased())
    case .json: Self.isJSON(value)
    case .text, .dataSource, .secret: true
    }
  }
}

extension VariableKind {
  private static func isJSON(_ text: String) -> Bool {
    do {
      _ = try JSONDocument(Array(text.utf8), limits: .standard)
      return true
    } catch {
      return false
    }
  }
}

extension Definition {
  /// Of an environment variable; nil where it does not say.
  var variableKind: VariableKind? {
    (element.text(of: "type") ?? element.text(of: "Type")).flatMap { VariableKind(rawValue: $0) }
  }

  /// Its default; nil for none.
  var variableDefault: String? {
    let text = element.text(of: "defaultvalue") ?? element.text(of: "DefaultValue")
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }
}
