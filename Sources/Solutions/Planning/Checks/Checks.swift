/// Everything that is asked, in order; each kind of component adds what is asked of it alone (`ComponentKind.checks`).
enum Checks {
  /// Of each component that a package or a hand states, before it is put.
  static let ofStatements: [Check<Statement>] = [
    managedProperties, newPart, conversion, namesOfEdit,
  ]
  /// Of a package, before anything of it is put.
  static let ofArrivals: [Check<SolutionPackage>] = [needs, managedNeeds, needsTold, roots]
  /// Of a package, after all of it was put.
  static let ofPackages: [Check<WrittenPackage>] = [
    unmanagedUses, names, privileges, variables, processFlows, choices,
  ]
  /// Of what is to be deleted, while it is still there.
  static let ofRemovals: [Check<Removed>] = [
    parts, uses, untrackedUses, unreadUses, untold, unmanagedWork,
  ]
  /// Of what comes up where layers went.
  static let ofSurfaces: [Check<Surfaced>] = [surfacing]
  /// Of what an upgrade no longer has.
  static let ofUpgrades: [Check<Upgraded>] = [pluginTypes]
  /// Of what a step has changed.
  static let ofSteps: [Check<[Change]>] = [options, targets, narrowing]
  /// Of what a plan makes of tables.
  static let ofSchemas: [Check<[SchemaChange]>] = [
    tableNames, tableWidths, keyWidths, keyCounts, requirements, returningLookups,
    returningPairs,
  ]
  /// Of a whole plan.
  static let ofPlans: [Check<[Change]>] = [bases, formerVersions]

  /// Of all lists and kinds, sorted; a name that occurs twice is there twice.
  static var allNames: [String] {
    let all =
      ofStatements.map(\.name) + ofArrivals.map(\.name) + ofPackages.map(\.name)
      + ofRemovals.map(\.name) + ofSurfaces.map(\.name) + ofUpgrades.map(\.name)
      + ofSteps.map(\.name) + ofSchemas.map(\.name) + ofPlans.map(\.name)
    let own = Set(ComponentKinds.standard.all.flatMap { $0.checks.map(\.name) })
    return (all + own).sorted()
  }
}
