internal import XML

extension Planner {
  /// Steps and processes of a package: on or off (LC-601), whether or not their definition has changed.
  ///
  /// What is there keeps its state, and what is new comes off, unless the import enables. No managed property stands in the
  /// way: a state belongs to the environment (docs/decisions/055).
  ///
  /// - Parameter isNew: whether the component was not in the environment before.
  mutating func activate(_ component: Component, isNew: Bool, by solution: InstalledSolution) {
    guard let activation = kinds[component.id.type].activation?(component) else { return }
    let before = state.settings[component.id]
    let isEnabled: Bool =
      switch activation {
      case .always: options.enablesProcesses
      case .asStated(let isActive): options.enablesProcesses && isActive
      case .flow(let isActive):
        options.enablesProcesses && isNew && isActive && hasConnections(component)
      }
    guard isEnabled || isNew, before != .isOn(isEnabled) else { return }
    perform(.set(component.id, .isOn(isEnabled)))
    guard step.touched[component.id] == nil else { return }
    touch(component.id, solution.name, Reason("enabled by the import", rule: "LC-601"))
  }

  /// A flow is switched on only when every connection reference that it names has a connection.
  private mutating func hasConnections(_ flow: Component) -> Bool {
    guard !missingConnections(of: flow).isEmpty else { return true }
    tellMissingConnections(of: flow, isAskedFor: false)
    return false
  }

  /// Values and connections: given ones first, then those that the package carries (LC-604).
  mutating func deploy(_ package: SolutionPackage) {
    var given: [ComponentID: Setting] = [:]
    for component in package.components
    where component.id.type == ComponentKind.environmentVariableValue.type {
      if let definition = component.parent,
        state.stacks[component.id]?.layers.contains(where: { $0.component == component }) == true,
        step.touched[component.id] != nil, let value = component.definition.element.carriedValue
      {
        given[definition] = state.value(value, of: definition)
      }
    }
    let carried = Set(given.keys)
    for (name, value) in options.deployment.values {
      let id = ComponentID(.environmentVariableDefinition, name.lowercased())
      given[id] = state.value(value, of: id)
    }
    for (name, connection) in options.deployment.connections {
      given[ComponentID(.connectionReference, name.lowercased())] =
        .connection(Secret(connection, seal: state.seal))
    }
    tellUnfitValues(of: package, given)
    // What becomes a secret is kept as one from now on.
    for id in package.members where given[id] == nil {
      guard case .value(let text)? = state.settings[id], state.isSecret(id) else { continue }
      perform(.set(id, state.value(text, of: id)))
    }
    for (id, setting) in given.sorted(by: { $0.key < $1.key }) {
      guard state.stacks[id] != nil, carried.contains(id) || package.members.contains(id),
        state.settings[id] != setting
      else { continue }
      tellReplaced(id, by: setting)
      perform(.set(id, setting))
      if step.touched[id] == nil {
        touch(id, package.name, Reason("set at import", rule: "LC-604"))
      }
    }
  }

  /// Settings that name nothing are found before anything happens.
  mutating func tellUnknownSettings(of packages: [SolutionPackage]) {
    let known = packages.reduce(into: Set<ComponentID>()) { $0.formUnion($1.members) }
    let named =
      options.deployment.values.keys.map {
        ("environment variable", ComponentKind.environmentVariableDefinition.type, $0)
      }
      + options.deployment.connections.keys.map {
        ("connection reference", .connectionReference, $0)
      }
    tellUnfitSettings(of: packages)
    for (what, type, name) in named.sorted(by: { $0.2 < $1.2 })
    where !known.contains(ComponentID(type, name.lowercased())) {
      tell(UnknownSetting(name: name, kindTitle: what, isOfPackages: true))
    }
  }
}

extension Planner {
  /// What a settings file says of variables is a value of their kind (LC-604).
  private mutating func tellUnfitSettings(of packages: [SolutionPackage]) {
    for (name, value) in options.deployment.values.sorted(by: { $0.key < $1.key }) {
      let id = ComponentID(.environmentVariableDefinition, name.lowercased())
      guard let variable = packages.lazy.compactMap({ $0.component(id) }).first,
        let kind = variable.definition.variableKind, !kind.fits(value)
      else { continue }
      tell(SettingUnfit(variable: NamedComponent(variable, kinds), kind: kind))
    }
  }
}

extension XMLElement {
  /// The value in a package's `environmentvariablevalues.json`.
  fileprivate var carriedValue: String? {
    (descendants("value") + descendants("Value")).first?.text
  }
}
