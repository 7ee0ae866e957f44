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
      return findings.append(
        Finding(
          .error,
          .missingComponent,
          rule: "lifecycle §6.1",
          subject: subject(id),
          "the environment has no \(spoken(id))"
        )
      )
    }
    guard let activation = kinds[id.type].activation else {
      let titles = kinds.all.filter { $0.activation != nil }.map { $0.title.lowercased() }
      return findings.append(
        Finding(
          .error,
          .noState,
          rule: "lifecycle §6.1",
          .inferred,
          subject: subject(id),
          "\(spoken(id)) is neither on nor off",
          remedy: "name one of these: \(titles.sorted().joined(separator: ", "))"
        )
      )
    }
    guard state.settings[id] != .isOn(isOn) else {
      unchanged += 1
      return
    }
    if isOn, case .flow = activation(component), !missingConnections(of: component).isEmpty {
      findings.append(withoutConnections(component, .error))
    }
    perform(.set(id, .isOn(isOn)))
    touch(id, .active, Reason("switched \(isOn ? "on" : "off") by hand", rule: "lifecycle §6.1"))
  }

  /// Connection references that a flow names and that have no connection here.
  func missingConnections(of flow: Component) -> [ComponentID] {
    kinds[flow.id.type].references(flow).map(\.target)
      .filter { $0.type == .connectionReference && state.settings[$0] == nil }
  }

  func withoutConnections(_ flow: Component, _ severity: Finding.Severity) -> Finding {
    Finding(
      severity,
      .notActivated,
      rule: "lifecycle §6.1",
      subject: subject(flow.id),
      "\(spoken(flow.id)) stays off: its connection references have no connections",
      because: missingConnections(of: flow).map { subject($0) }.sorted(),
      remedy: "give connections with --settings-file",
      at: flow.location
    )
  }
}
