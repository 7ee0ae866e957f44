package import Solutions

/// A plan in a few lines of text: changes by symbol, then findings, then the solutions that are left.
package func spelled(_ plan: Plan, kinds: ComponentKinds = .standard) -> String {
  var lines: [String] = []
  for change in plan.changes {
    let symbol =
      switch change.action {
      case .delete: "-"
      case .dereference: ">"
      case .add: "+"
      case .change: "~"
      }
    var line = "\(symbol) \(kinds[change.id.type].name) \(change.displayName ?? change.name)"
    if GUID(change.name) == nil { line = "\(symbol) \(kinds[change.id.type].name) \(change.name)" }
    if let draft = change.draft { line += " draft \(draft)" }
    if change.isMasked {
      line += " masked by \(change.maskedBy.map(\.text).joined(separator: " "))"
    }
    lines.append(line)
  }
  for finding in plan.findings where finding.severity != .info {
    lines.append("\(finding.severity == .error ? "!" : "?") \(finding.code) \(finding.rule.id)")
  }
  return lines.joined(separator: "\n")
}

/// Installs packages one after the other; unmanaged ones are published.
package func installed(
  _ texts: [String],
  on state: InstalledState = InstalledState(),
  kinds: ComponentKinds = .standard,
  options: PlanOptions = PlanOptions(publishes: true)
) throws -> InstalledState {
  var state = state
  for text in texts {
    let package = try PackageText(text).read()
    state = state.applying(
      Plan.importing([package], on: state, kinds: kinds, options: options)
    )
  }
  return state
}

extension InstalledState {
  /// A value of the definition in effect.
  package func effective(
    _ id: ComponentID,
    _ path: String,
    kinds: ComponentKinds = .standard
  ) -> String? {
    stacks[id].flatMap { Properties($0.effective(kinds[id.type].merge).document).value(at: path) }
  }

  /// `X 1.0.0.0, Y 2.0`, by name.
  package var listed: String {
    solutions.values.sorted { $0.name < $1.name }.map { "\($0.name) \($0.version)" }
      .joined(separator: ", ")
  }

  /// The same components, layers and memberships, whatever the revision and the ids of rows.
  package func isSame(as other: InstalledState) -> Bool {
    stacks == other.stacks && drafts == other.drafts && settings == other.settings
      && solutions.mapValues(Row.init) == other.solutions.mapValues(Row.init)
  }

  private struct Row: Equatable {
    let name: SolutionName
    let version: SolutionVersion
    let publisher: PublisherName
    let role: InstalledSolution.Role
    let block: Int
    let members: Set<ComponentID>

    init(_ solution: InstalledSolution) {
      name = solution.name
      version = solution.version
      publisher = solution.publisher
      role = solution.role
      block = solution.block
      members = solution.members
    }
  }
}
