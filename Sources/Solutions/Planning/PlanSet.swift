extension Plan {
  /// One plan for several packages, in the order in which they can come in.
  package static func importing(
    _ packages: [SolutionPackage],
    on state: InstalledState,
    kinds: ComponentKinds = .standard,
    options: PlanOptions = PlanOptions()
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds, options: options)
    let ordered = order(packages, on: state)
    if ordered.map(\.digest) != packages.map(\.digest) {
      planner.findings.append(
        Finding(
          .info,
          .order,
          rule: "DP-304",
          .inferred,
          subject: "plan",
          "the packages are taken in this order: "
            + ordered.map { "\($0.name) \($0.manifest.version)" }.joined(separator: ", "),
          because: ["what one needs, or takes over from another, comes first"]
        )
      )
    }
    for package in ordered { planner.add(package) }
    return planner.plan()
  }

  /// A package comes after those that it needs, and after those that take over what it drops.
  ///
  /// Otherwise the order given stands; so it does within a cycle.
  package static func order(
    _ packages: [SolutionPackage],
    on state: InstalledState
  ) -> [SolutionPackage] {
    guard packages.count > 1 else { return packages }
    let members = packages.map(\.members)
    let stated = packages.map { package in
      Set(package.components.filter { !$0.isReference && !$0.isUnmodified }.map(\.id))
    }
    func comesAfter(_ later: Int, _ earlier: Int) -> Bool {
      let package = packages[later]
      if package.name == packages[earlier].name {
        return package.manifest.version > packages[earlier].manifest.version
      }
      if package.manifest.patchOf == packages[earlier].name { return true }
      let needs = package.manifest.missingDependencies.contains { need in
        need.required.id.map { stated[earlier].contains($0) && !stated[later].contains($0) }
          ?? false
      }
      if needs { return true }
      let dropped = (state.solutions[package.name]?.members ?? []).subtracting(members[later])
      return !dropped.isDisjoint(with: stated[earlier])
    }
    var ordered: [Int] = []
    var waiting = Array(packages.indices)
    while !waiting.isEmpty {
      let ready = waiting.first { candidate in
        !waiting.contains { $0 != candidate && comesAfter(candidate, $0) }
      }
      let next = ready ?? waiting[0]
      ordered.append(next)
      waiting.removeAll { $0 == next }
    }
    return ordered.map { packages[$0] }
  }

  /// What a package leads to, without the telling: for states that are built from packages.
  ///
  /// It is taken as installed: what could not be imported today may stand there all the same.
  package static func installing(
    _ package: SolutionPackage,
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> InstalledState {
    var planner = Planner(on: state, kinds: kinds, options: PlanOptions(assumesPresent: true))
    planner.add(package)
    return planner.state
  }

  package static func applyingUpgrade(
    of name: SolutionName,
    on state: InstalledState,
    kinds: ComponentKinds = .standard,
    options: PlanOptions = PlanOptions()
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds, options: options)
    planner.applyUpgrade(of: name)
    return planner.plan()
  }

  package static func discardingUpgrade(
    of name: SolutionName,
    on state: InstalledState,
    kinds: ComponentKinds = .standard,
    options: PlanOptions = PlanOptions()
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds, options: options)
    planner.discardUpgrade(of: name)
    return planner.plan()
  }

  package static func uninstalling(
    _ name: SolutionName,
    on state: InstalledState,
    kinds: ComponentKinds = .standard,
    options: PlanOptions = PlanOptions()
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds, options: options)
    planner.uninstall(name)
    return planner.plan()
  }
}
