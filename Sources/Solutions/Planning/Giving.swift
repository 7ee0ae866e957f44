/// Current values of environment variables and connections behind references, by hand.
package struct GivenSettings: Equatable, Sendable {
  package var settings: DeploymentSettings
  /// Variables and references that are to have none any more.
  package var taken: Set<ComponentID>

  package init(_ settings: DeploymentSettings, taken: Set<ComponentID> = []) {
    (self.settings, self.taken) = (settings, taken)
  }

  /// What it is about.
  package var ids: Set<ComponentID> {
    Set(settings.values.keys.map { ComponentID(.environmentVariableDefinition, $0.lowercased()) })
      .union(settings.connections.keys.map { ComponentID(.connectionReference, $0.lowercased()) })
      .union(taken)
  }
}

extension Plan {
  /// What an environment holds belongs to it: neither managed properties nor blocked customizations stand in the way
  /// (LC-604, docs/decisions/055).
  ///
  /// - Parameter state: with the components that are given something.
  package static func giving(
    _ given: GivenSettings,
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    planner.give(given)
    return planner.plan()
  }
}

extension Planner {
  fileprivate mutating func give(_ given: GivenSettings) {
    for (name, value) in given.settings.values.sorted(by: { $0.key < $1.key }) {
      let id = ComponentID(.environmentVariableDefinition, name.lowercased())
      guard let variable = known(id, name, "environment variable") else { continue }
      if let kind = variable.definition.variableKind, !kind.fits(value) {
        tell(SettingUnfit(variable: named(id), kind: kind))
      }
      give(state.value(value, of: id), to: id)
    }
    for (name, connection) in given.settings.connections.sorted(by: { $0.key < $1.key }) {
      let id = ComponentID(.connectionReference, name.lowercased())
      guard known(id, name, "connection reference") != nil else { continue }
      give(.connection(Secret(connection, seal: state.seal)), to: id)
    }
    for id in given.taken.sorted() {
      guard state.settings[id] != nil else {
        unchanged += 1
        continue
      }
      perform(.set(id, nil))
      touch(id, .active, Reason("taken away by hand", rule: "LC-604"))
    }
  }

  private mutating func known(
    _ id: ComponentID,
    _ name: String,
    _ kindTitle: String
  ) -> Component? {
    if let component = state.standing(id)?.top.component { return component }
    tell(UnknownSetting(name: name, kindTitle: kindTitle, isOfPackages: false))
    return nil
  }

  private mutating func give(_ setting: Setting, to id: ComponentID) {
    guard state.settings[id] != setting else {
      unchanged += 1
      return
    }
    perform(.set(id, setting))
    touch(id, .active, Reason("set by hand", rule: "LC-604"))
  }
}
