package import Solutions

/// What facts are pulled for: everything that is listed, some solutions, or what one plan needs to know.
package struct PullScope: Sendable {
  /// A package that is to be planned: what a plan looks at.
  package struct Planned: Sendable {
    package let solution: SolutionName
    let members: Set<ComponentID>
    /// Whether what it lacks may go: a patch takes nothing away.
    let takesAway: Bool

    /// Whether its upgrade takes components of that solution: itself, its patches, its pending upgrade.
    func takes(from solution: Facts.Solution) -> Bool {
      self.solution == solution.name || self.solution == solution.parent
        || self.solution.holding == solution.name
    }

    package init(_ package: SolutionPackage) {
      solution = package.manifest.patchOf ?? package.name
      members = package.members
      takesAway = package.manifest.patchOf == nil
    }
  }

  package let planned: [Planned]
  /// Also of these all that is told of their components.
  package let solutions: Set<SolutionName>

  package init(planned: [Planned] = [], solutions: Set<SolutionName> = []) {
    self.planned = planned
    self.solutions = solutions
  }

  /// Whether nothing is looked at closely.
  var isWhole: Bool { planned.isEmpty && solutions.isEmpty }

  /// Solutions whose components are listed from the start: for a plan all, since what a package has may be there already,
  /// by whomever.
  func lists(_ solution: Facts.Solution) -> Bool {
    guard !solution.name.isReserved else { return false }
    return solutions.isEmpty || !planned.isEmpty || solutions.contains(solution.name)
  }

  /// What tells two pulls apart, for one that goes on where another was cut.
  var words: String {
    let plans = planned.map { plan in
      "\(plan.solution.text)(\(plan.members.map { "\($0.type).\($0.key)" }.sorted().joined(separator: ",")))"
    }
    return (plans.sorted() + ["|"] + solutions.map(\.text).sorted()).joined(separator: ";")
  }
}
