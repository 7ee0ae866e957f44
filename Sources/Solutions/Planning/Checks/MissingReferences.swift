extension Planner {
  /// DP-307: what a package writes may not name columns that their tables do not have.
  ///
  /// Only tables that are known whole can tell: the system's, and those taken for granted, may have more columns.
  /// A warning: genuine packages do so in forms of process tables (docs/decisions/006).
  mutating func checkReferences(of package: SolutionPackage) {
    for component in package.components where touched[component.id] != nil {
      let missing = missing(kinds[component.id.type].references(component))
      guard !missing.isEmpty else { continue }
      findings.append(
        missingReference(
          component.id,
          missing,
          .warning,
          "\(spoken(component.id)) names columns that are not there",
          remedy: "export the package whole; it was changed by hand, or a column was forgotten"
        )
      )
    }
  }

  /// A layer that goes lets the one below come up; what that names has to be there (dependencies.md §9).
  ///
  /// What a solution names of its own tables and does not bring was never there, and blocks nobody's way back
  /// (docs/decisions/030).
  mutating func checkSurfacing(_ ids: [ComponentID], _ dropping: Dropping) {
    for id in ids {
      guard let stack = state.stacks[id] else { continue }
      let own = state.solutions[stack.top.solution]?.family
      let foreign = stack.references(kinds).filter { reference in
        guard let table = reference.target.tableAndColumn?.table,
          let owner = state.stacks[.entity(table)]?.base.solution
        else { return true }
        return own == nil || state.solutions[owner]?.family != own
      }
      let missing = missing(foreign)
      guard !missing.isEmpty else { continue }
      findings.append(
        missingReference(
          id,
          missing,
          dropping.discarded == nil ? .error : .warning,
          "the layer of \(spoken(id)) that comes up under \(dropping.solution) names what is gone",
          remedy: "first bring that solution to a version without the reference"
        )
      )
    }
  }

  func missingReference(
    _ id: ComponentID,
    _ missing: [String],
    _ severity: Finding.Severity,
    _ message: String,
    remedy: String
  ) -> Finding {
    Finding(
      severity,
      .missingReference,
      rule: "DP-204",
      .inferred,
      subject: subject(id),
      message,
      because: missing,
      remedy: remedy,
      at: state.stacks[id]?.top.component.location
    )
  }

  /// Columns with a prefix, of tables that somebody has shown whole.
  func missing(_ references: [Reference]) -> [String] {
    var missing: [String: Set<String>] = [:]
    for reference in references where reference.type == .published {
      let target = reference.target
      guard target.type == .number(2), state.stacks[target] == nil,
        let dot = target.key.firstIndex(of: "."), target.key[dot...].contains("_"),
        let table = state.stacks[.entity(String(target.key[..<dot]))], table.base.rank != .system
      else { continue }
      missing["\(kinds[target.type].name) \(target.key)", default: []].insert(reference.via)
    }
    return missing.sorted { $0.key < $1.key }
      .map { "\($0.key): \($0.value.sorted().joined(separator: ", "))" }
  }
}
