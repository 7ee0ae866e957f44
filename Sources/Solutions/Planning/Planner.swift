/// Collects effects and findings, and keeps the state that they lead to.
///
/// The verbs (`Install.swift`, `Upgrade.swift` …) are extensions; one planner may take several packages in turn.
package struct Planner {
  package let kinds: ComponentKinds
  package let options: PlanOptions
  let before: InstalledState
  /// What the effects so far lead to.
  package internal(set) var state: InstalledState
  /// The state before the package that is being planned; each one's changes are told against it, so that what
  /// one package destroys and the next makes anew is not passed over.
  private(set) var stepStart: InstalledState
  private var changes: [Change] = []
  var findings: [Finding] = []
  var packages: [Plan.PlannedPackage] = []
  var unchanged = 0
  private(set) var effects: [Plan.Effect] = []
  private var heldUnmanaged: Bool?
  /// Columns and keys by table: those from before, and those that steps have been about.
  private var tableParts: [ComponentID: Set<ComponentID>]?
  /// Effects of the steps that are finished.
  private var effectsTold = 0
  /// Which values were there then, in a plan that leads back.
  var former: [ComponentID: Incarnation] = [:]
  /// Which references keep what is only taken to be there; nil in a plan that leads back.
  var restReach: RestReach? = .everyone
  /// Components that a change may be told of, and who touched them last.
  private(set) var touched: [ComponentID: Touch] = [:]

  /// What became of a package.
  package enum Outcome: Sendable {
    case planned
    /// It could not be planned at all, so the state is as it was before it.
    case stuck
  }

  struct Touch {
    let solution: SolutionName
    let reason: Reason
    /// A membership without a layer went.
    var isMembershipDropped = false
  }

  package init(
    on state: InstalledState,
    kinds: ComponentKinds,
    options: PlanOptions = PlanOptions()
  ) {
    self.kinds = kinds
    self.options = options
    before = state
    stepStart = state
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

  /// Tells what the step has changed; the next one starts here.
  mutating func finishStep() {
    if restReach != nil { dropRests(after: effects[effectsTold...]) }
    takeBack(after: effects[effectsTold...])
    changeSchema()
    // What came back has done so once.
    if restReach != nil { former = [:] }
    let told = Reporter(planner: self).changes()
    tell(Checks.ofSteps, of: told.changes)
    changes += told.changes
    unchanged += told.unchanged
    touched = [:]
    if restReach != nil { restReach = .everyone }
    stepStart = state
  }

  /// Tables of rows follow the components.
  private mutating func changeSchema() {
    var touched = Set(effects[effectsTold...].flatMap(\.components)).filter {
      kinds[$0.type].physical != .none
    }
    effectsTold = effects.count
    // What was dropped and made anew since looks as before, and has lost its data.
    touched.formUnion(former.keys.filter { former[$0] != before.incarnations[$0] })
    guard !touched.isEmpty else { return }
    var parts = tableParts ?? before.partsByTable(kinds).mapValues { Set($0) }
    // Alone, it grows in place.
    tableParts = nil
    for id in touched where [.column, .key].contains(kinds[id.type].physical) {
      if let table = id.tableAndColumn?.table { parts[.entity(table), default: []].insert(id) }
    }
    tableParts = parts
    let changes = SchemaChanges(
      from: stepStart,
      to: state,
      kinds: kinds,
      former: former,
      start: before,
      parts: parts
    ).changes(of: touched)
    for change in changes { perform(.schema(change)) }
    effectsTold = effects.count
  }

  mutating func perform(_ effect: Plan.Effect) {
    effects.append(effect)
    state.apply(effect)
  }

  mutating func touch(
    _ id: ComponentID,
    _ solution: SolutionName,
    _ reason: Reason,
    membershipDropped: Bool = false
  ) {
    touched[id] = Touch(solution: solution, reason: reason, isMembershipDropped: membershipDropped)
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
    let changes = changes.inTellingOrder
    return Plan(
      base: Plan.Base(environment: before.environment, revision: before.revision),
      packages: packages,
      effects: effects,
      changes: changes,
      unchanged: unchanged,
      solutions: solutionChanges(),
      findings: (findings + findings(of: Checks.ofPlans, changes)).sorted()
    )
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
