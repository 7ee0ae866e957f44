extension Plan {
  /// One plan for several packages, in the order in which they can come in.
  package static func importing(
    _ packages: [SolutionPackage],
    on state: InstalledState,
    kinds: ComponentKinds = .standard,
    options: PlanOptions = PlanOptions()
  ) -> Plan {
    let given = planning(packages, on: state, kinds: kinds, options: options)
    guard packages.count > 1 else { return given.plan }
    let (order, isCircular) = order(packages, on: state, kinds: kinds)
    var best = given
    if order != Array(packages.indices) {
      let ordered = planning(order.map { packages[$0] }, on: state, kinds: kinds, options: options)
      // The order given stands unless another one is refused less or destroys less.
      if ordered.cost < given.cost { best = ordered }
      if best.names != given.names { best.plan.findings.append(.order(best.names)) }
    }
    if isCircular { best.plan.findings.append(.circular(packages)) }
    best.plan.findings.sort()
    return best.plan
  }

  private struct Attempt {
    var plan: Plan
    let names: [String]

    /// Errors first, then what is destroyed.
    var cost: (Int, Int) {
      (
        plan.findings.count { $0.severity == .error },
        plan.changes.count { $0.action == .delete }
      )
    }
  }

  private static func planning(
    _ packages: [SolutionPackage],
    on state: InstalledState,
    kinds: ComponentKinds,
    options: PlanOptions
  ) -> Attempt {
    var planner = Planner(on: state, kinds: kinds, options: options)
    planner.checkDeployment(of: packages)
    for package in packages {
      planner.add(package)
      planner.keepFallbackForms()
      planner.finishStep()
    }
    if options.publishes { planner.publish(.all) }
    return Attempt(
      plan: planner.plan(),
      names: packages.map { "\($0.name) \($0.manifest.version)" }
    )
  }

  /// Positions in an order in which the packages can come in, and whether some need each other in a circle.
  ///
  /// A package comes after those that it needs, after those that take over what it drops, and after those that stop
  /// using what it drops (lifecycle.md §4.16). Otherwise the order given stands; so it does within a circle.
  private static func order(
    _ packages: [SolutionPackage],
    on state: InstalledState,
    kinds: ComponentKinds
  ) -> (positions: [Int], isCircular: Bool) {
    let members = packages.map(\.members)
    let stated = packages.map { package in
      Set(package.components.filter { !$0.isReference && !$0.isUnmodified }.map(\.id))
    }
    let dropped = packages.indices.map { position in
      (state.solutions[packages[position].name]?.members ?? []).subtracting(members[position])
    }
    let used = packages.map { package in
      (state.solutions[package.name]?.members ?? []).reduce(into: Set<ComponentID>()) { used, id in
        used.insert(id)
        used.formUnion(state.stacks[id]?.references(kinds).map(\.target) ?? [])
      }
    }
    func needs(_ package: Int, _ provider: Int) -> Bool {
      packages[package].manifest.missingDependencies.contains { need in
        guard let id = need.required.id, state.stacks[id]?.isKnown != true else { return false }
        return stated[provider].contains(id) && !stated[package].contains(id)
      }
    }
    func comesAfter(_ later: Int, _ earlier: Int) -> Bool {
      let (package, other) = (packages[later], packages[earlier])
      if package.name == other.name { return package.manifest.version > other.manifest.version }
      if package.manifest.patchOf == other.name {
        return package.manifest.version.hasSameMajorMinor(as: other.manifest.version)
      }
      if other.manifest.patchOf == package.name {
        return !other.manifest.version.hasSameMajorMinor(as: package.manifest.version)
      }
      if needs(later, earlier) { return true }
      return !dropped[later].isDisjoint(with: stated[earlier].union(used[earlier]))
    }
    var ordered: [Int] = []
    var waiting = Array(packages.indices)
    var isCircular = false
    while !waiting.isEmpty {
      let ready = waiting.first { candidate in
        !waiting.contains { $0 != candidate && comesAfter(candidate, $0) }
      }
      if ready == nil {
        isCircular = waiting.contains { a in waiting.contains { needs(a, $0) && needs($0, a) } }
      }
      let next = ready ?? waiting[0]
      ordered.append(next)
      waiting.removeAll { $0 == next }
    }
    return (ordered, isCircular)
  }

  /// What a package leads to, without the telling: for states that are built from packages.
  ///
  /// It is taken as installed: what could not be imported today may stand there all the same.
  ///
  /// - Throws: a finding when there is no way to have it installed on this state.
  package static func installing(
    _ package: SolutionPackage,
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) throws(InstallingError) -> InstalledState {
    // Packages tell no drafts: what they bring is taken as published.
    let options = PlanOptions(assumesPresent: true, publishes: true)
    var planner = Planner(on: state, kinds: kinds, options: options)
    planner.add(package)
    guard planner.state.solutions[package.name] != nil, !planner.isStuck else {
      throw InstallingError(findings: planner.findings.filter { $0.severity == .error }.sorted())
    }
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

/// A package that cannot be taken as installed.
package struct InstallingError: Error {
  package let findings: [Finding]
}

extension Finding {
  fileprivate static func order(_ names: [String]) -> Finding {
    Finding(
      .info,
      .order,
      rule: "DP-304",
      .inferred,
      subject: "plan",
      "the packages are taken in this order: \(names.joined(separator: ", "))",
      because: ["what one needs, or takes over from another, comes first"]
    )
  }

  fileprivate static func circular(_ packages: [SolutionPackage]) -> Finding {
    Finding(
      .error,
      .circularSolutions,
      rule: "DP-107",
      subject: "plan",
      "some of the packages need each other, so none can come first: "
        + packages.map(\.name.text).joined(separator: ", "),
      remedy: "move the components that both need into a solution of their own"
    )
  }
}
