internal import XML

/// What becomes of the current values of environment variables (lifecycle.md §6.4).
extension Planner {
  /// A variable whose kind changes under a value that no longer fits.
  mutating func tellUnfitValues(of package: SolutionPackage, _ given: [ComponentID: Setting]) {
    for component in package.components
    where component.id.type == ComponentKind.environmentVariableDefinition.type {
      guard let before = step.start.stacks[component.id]?.top.definition.variableKind,
        let after = state.stacks[component.id]?.top.definition.variableKind, before != after,
        case .value(let value)? = given[component.id] ?? state.settings[component.id],
        !after.fits(value)
      else { continue }
      tell(
        ValueUnfit(variable: named(component.id), before: before, after: after),
        at: component.location
      )
    }
  }

  /// A value of the target that gives way to another one; secrets are not shown.
  mutating func tellReplaced(_ id: ComponentID, by setting: Setting) {
    guard case .value(let new) = setting, case .value(let old)? = state.settings[id] else { return }
    let isSecret = state.stacks[id]?.top.definition.variableKind == .secret
    tell(ValueReplaced(variable: named(id), before: old, after: new, isSecret: isSecret))
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
    case .text, .json, .dataSource, .secret: true
    }
  }
}

extension Definition {
  /// nil where it does not say.
  fileprivate var variableKind: VariableKind? {
    (element.text(of: "type") ?? element.text(of: "Type")).flatMap { VariableKind(rawValue: $0) }
  }
}
