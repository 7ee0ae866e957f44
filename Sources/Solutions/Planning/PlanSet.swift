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
    let order = PackageOrder(packages, on: state, kinds: kinds)
    var best = given
    if order.positions != Array(packages.indices) {
      let ordered = planning(
        order.positions.map { packages[$0] },
        on: state,
        kinds: kinds,
        options: options
      )
      // The order given stands unless another one is refused less, destroys less or leaves less to be wished for.
      if ordered.cost < given.cost { best = ordered }
      if best.names != given.names {
        best.plan.order = best.names
        best.plan.findings.append(Finding(PackagesOrdered(packages: best.names)))
      }
    }
    best.plan.findings += order.circles.map { circle in
      Finding(CircularPackages(circle: circle.map { packages[$0].name }))
    }
    best.plan.findings.sort()
    return best.plan
  }

  private struct Attempt {
    var plan: Plan
    let names: [String]

    /// Errors first, then what is destroyed, then needs that are not met on the way.
    var cost: (Int, Int, Int) {
      (
        plan.findings.count { $0.severity == .error },
        plan.changes.count { $0.action == .delete },
        plan.findings.count { $0.tells(MissingDependencies.self) }
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
    planner.tellUnknownSettings(of: packages)
    // An environment has gone on since it was told of.
    if state.isOfPackages { planner.tellContradictions(in: state) }
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
    let outcome = planner.add(package)
    guard outcome == .planned, planner.state.solutions[package.name] != nil else {
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
