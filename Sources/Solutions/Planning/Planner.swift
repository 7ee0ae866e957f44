/// Collects effects and findings, and keeps the state that they lead to.
///
/// The verbs (`Install.swift`, `Upgrade.swift` …) are extensions; one planner may take several packages in turn.
package struct Planner {
  package let kinds: ComponentKinds
  package let options: PlanOptions
  let before: InstalledState
  /// What the effects so far lead to.
  package internal(set) var state: InstalledState
  /// What is being planned: the package of a set, or all of it.
  var step: Step
  var changes: [Change] = []
  var findings: [Finding] = []
  var packages: [Plan.PlannedPackage] = []
  var unchanged = 0
  private(set) var effects: [Plan.Effect] = []
  private var heldUnmanaged: Bool?
  /// Columns and keys by table: those from before, and those that steps have been about.
  var tableParts: [ComponentID: Set<ComponentID>]?

  /// What became of a package.
  package enum Outcome: Sendable {
    case planned
    /// It could not be planned at all, so the state is as it was before it.
    case stuck
  }

  package init(
    on state: InstalledState,
    kinds: ComponentKinds,
    options: PlanOptions = PlanOptions()
  ) {
    self.kinds = kinds
    self.options = options
    before = state
    step = Step(start: state)
    self.state = state
  }

  /// Whether there is unmanaged work at all; asked for each package of a set, and answered once.
  mutating func mayHoldUnmanaged() -> Bool {
    if packages.contains(where: { !$0.isManaged }) { return true }
    if let known = heldUnmanaged { return known }
    let found =
      !before.drafts.isEmpty || before.stacks.values.contains { !$0.isManaged }
    heldUnmanaged = found
    return found
  }

  mutating func perform(_ effect: Plan.Effect) {
    effects.append(effect)
    state.apply(effect)
  }

  /// The id of a new row: plans make no random ids, and the same plan gives the same.
  func newID(of name: SolutionName) -> GUID {
    GUID(from: "solution", before.environment, String(before.revision), name.text.lowercased())
  }

  /// The only way in which anything is told.
  mutating func tell(_ content: any FindingContent, at location: Location? = nil) {
    findings.append(Finding(content, at: location))
  }

  /// As it is called here, or was.
  func named(_ id: ComponentID) -> NamedComponent { context.named(id) }

  /// As it is called here, or was; else as it calls itself.
  func named(_ component: Component) -> NamedComponent { context.named(component) }

  /// `Column “fab_name” (fab_workorder.fab_name)`.
  func spoken(_ id: ComponentID) -> String { named(id).spoken }

  /// The plan so far.
  package mutating func plan() -> Plan {
    finishStep()
    let changes = lastingChanges.inTellingOrder
    let tables = findings(of: Checks.ofSchemas, effects.compactMap(\.schemaChange))
    var plan = Plan(
      base: Plan.Base(environment: before.environment, revision: before.revision),
      packages: packages,
      effects: effects,
      changes: changes,
      unchanged: unchanged,
      solutions: solutionChanges(),
      findings: (findings + tables + findings(of: Checks.ofPlans, changes)).sorted()
    )
    plan.facts = before.facts.map { FactsOrigin($0.facts) }
    if packages.isEmpty {
      plan.publishers = publisherChanges()
      plan.members = memberChanges(besides: Set(changes.map(\.id)))
    }
    return plan
  }

  /// Without components that come with one package and go with a later one: nothing that is there is lost with them.
  private var lastingChanges: [Change] {
    func isPassing(_ change: Change) -> Bool {
      change.action == .delete && before.stacks[change.id] == nil
        && before.drafts[change.id] == nil && !SystemBaseline.contains(change.id)
        // An environment may have what it did not tell.
        && before.facts?.gap(change.id, kinds) == nil
    }
    var last: [ComponentID: Int] = [:]
    for (place, change) in changes.enumerated() where isPassing(change) { last[change.id] = place }
    guard !last.isEmpty else { return changes }
    return changes.enumerated().filter { place, change in
      last[change.id].map { place > $0 } ?? true
    }
    .map(\.element)
  }

  /// Of unmanaged solutions that stay: what comes and goes with a solution is no news.
  private func memberChanges(besides told: Set<ComponentID>) -> [Plan.MemberChange] {
    before.solutions.keys.sorted().flatMap { name -> [Plan.MemberChange] in
      guard let old = before.solutions[name], let new = state.solutions[name], !new.isManaged else {
        return []
      }
      return InstalledSolution.relisted(old, new).subtracting(told).sorted().map { id in
        let isListed = new.members.contains(id)
        return Plan.MemberChange(
          solution: new.name,
          component: named(id),
          action: !isListed ? .removed : old.members.contains(id) ? .changed : .added,
          behavior: (isListed ? new : old).behaviors[id]
        )
      }
    }
  }

  private func publisherChanges() -> [Plan.PublisherChange] {
    Set(before.publishers.keys).union(state.publishers.keys).sorted().compactMap { name in
      let (old, new) = (before.publishers[name], state.publishers[name])
      return old == new ? nil : Plan.PublisherChange(before: old, after: new)
    }
  }

  private func solutionChanges() -> [Plan.SolutionChange] {
    Set(before.solutions.keys).union(state.solutions.keys).sorted().compactMap { name in
      let (old, new) = (before.solutions[name], state.solutions[name])
      guard old != new else { return nil }
      return Plan.SolutionChange(
        name: new?.name ?? old?.name ?? name,
        before: old?.version,
        after: new?.version
      )
    }
  }
}
