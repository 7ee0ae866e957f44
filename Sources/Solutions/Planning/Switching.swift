extension Plan {
  /// Steps and processes by hand: on or off.
  ///
  /// States belong to the environment: neither managed properties nor blocked customizations stand in the way
  /// (docs/decisions/055).
  ///
  /// - Parameter state: with the components and what they name.
  package static func switching(
    _ ids: Set<ComponentID>,
    on isOn: Bool,
    state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    for id in ids.sorted() { planner.switchState(of: id, to: isOn) }
    return planner.plan()
  }
}

extension Planner {
  fileprivate mutating func switchState(of id: ComponentID, to isOn: Bool) {
    guard let component = state.standing(id)?.top.component else {
      return tell(NothingToSwitch(component: named(id)))
    }
    guard let activation = kinds[id.type].activation else {
      let titles = kinds.all.filter { $0.activation != nil }.map { $0.title.lowercased() }
      return tell(NoState(component: named(id), switchable: titles.sorted()))
    }
    guard state.settings[id] != .isOn(isOn) else {
      unchanged += 1
      return
    }
    if isOn, case .flow = activation(component), !missingConnections(of: component).isEmpty {
      tellMissingConnections(of: component, isAskedFor: true)
    }
    perform(.set(id, .isOn(isOn)))
    touch(id, .active, Reason("switched \(isOn ? "on" : "off") by hand", rule: "LC-601"))
  }

  /// Connection references that a flow names and that have no connection here.
  func missingConnections(of flow: Component) -> [ComponentID] {
    kinds[flow.id.type].references(flow).map(\.target)
      .filter { $0.type == .connectionReference && state.settings[$0] == nil }
  }

  mutating func tellMissingConnections(of flow: Component, isAskedFor: Bool) {
    tell(
      NotActivated(
        flow: named(flow.id),
        missing: missingConnections(of: flow).map { named($0) },
        isAskedFor: isAskedFor
      ),
      at: flow.location
    )
  }
}
