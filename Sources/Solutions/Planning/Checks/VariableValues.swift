/// What becomes of the current values of environment variables (LC-604).
extension Planner {
  /// A variable whose kind changes under a value that no longer fits.
  mutating func tellUnfitValues(of package: SolutionPackage, _ given: [ComponentID: Setting]) {
    for component in package.components
    where component.id.type == ComponentKind.environmentVariableDefinition.type {
      guard let before = step.start.stacks[component.id]?.top.definition.variableKind,
        let after = state.stacks[component.id]?.top.definition.variableKind, before != after,
        let value = (given[component.id] ?? state.settings[component.id])?.value,
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
