/// What becomes of the current values of environment variables (LC-604).
extension Planner {
  /// Values that are none of their variable's kind: one that stays while the kind changes, one that the package brings,
  /// and a default.
  mutating func tellUnfitValues(of package: SolutionPackage, _ given: [ComponentID: Setting]) {
    let type = ComponentKind.environmentVariableDefinition.type
    let variables = package.components.map(\.id).filter { $0.type == type }
    for id in Set(variables).union(given.keys.filter { $0.type == type }).sorted() {
      guard let component = state.stacks[id]?.top.component,
        let kind = component.definition.variableKind
      else { continue }
      let before = step.start.stacks[id]?.top.definition.variableKind
      let isNew =
        given[id] != nil
        && options.deployment.values.keys.allSatisfy {
          $0.lowercased() != id.key
        }
      if let value = (given[id] ?? state.settings[id])?.value, !kind.fits(value),
        isNew || before.map({ $0 != kind }) ?? false
      {
        tell(
          ValueUnfit(
            variable: named(id),
            kind: kind,
            value: isNew ? .carried : .current(before: before)
          ),
          at: component.location
        )
      }
      if let value = component.definition.variableDefault, step.touched[id] != nil,
        !kind.fits(value)
      {
        tell(
          ValueUnfit(variable: named(id), kind: kind, value: .isDefault),
          at: component.location
        )
      }
    }
  }

  /// A value of the target that gives way to another one; secrets are not shown.
  mutating func tellReplaced(_ id: ComponentID, by setting: Setting) {
    guard let old = state.settings[id], old.value != nil else { return }
    let isSecret = old.secret != nil || setting.secret != nil
    tell(
      ValueReplaced(
        variable: named(id),
        values: isSecret ? nil : ValueReplaced.Values(before: old.text, after: setting.text)
      )
    )
  }
}

extension Setting {
  /// The current value of a variable, secret or not; nil for what is none.
  fileprivate var value: String? {
    switch self {
    case .value(let text): text
    case .secret(let secret): secret.revealed
    case .isOn, .connection: nil
    }
  }
}
