/// One question that is asked of what is planned; its answers are findings, and it cannot change a plan.
///
/// Asked twice it says the same, and without it a plan has the same effects.
struct Check<Subject>: Sendable {
  /// Each has its own.
  let name: String
  let judge: @Sendable (Subject, PlanContext) -> [Finding]

  init(_ name: String, _ judge: @escaping @Sendable (Subject, PlanContext) -> [Finding]) {
    self.name = name
    self.judge = judge
  }
}

/// What checks look at beside their subject.
struct PlanContext: Sendable {
  /// What the effects so far lead to.
  let state: InstalledState
  /// The state before everything.
  let before: InstalledState
  /// The state before the package, or the step, that is planned.
  let stepStart: InstalledState
  let kinds: ComponentKinds
  let options: PlanOptions

  /// As it is called here, or was.
  func named(_ id: ComponentID) -> NamedComponent {
    let component = (state.standing(id) ?? before.standing(id))?.top.component
    return NamedComponent(
      id,
      kinds,
      name: component?.name,
      displayName: component?.displayName
    )
  }

  /// As it is called here, or was; else as it calls itself.
  func named(_ component: Component) -> NamedComponent {
    let named = named(component.id)
    return named.name == nil ? NamedComponent(component, kinds) : named
  }

  func family(of name: SolutionName) -> SolutionName {
    (state.solutions[name] ?? before.solutions[name])?.family ?? name
  }
}

extension Planner {
  var context: PlanContext {
    PlanContext(
      state: state,
      before: before,
      stepStart: step.start,
      kinds: kinds,
      options: options
    )
  }

  /// Tells what checks say, in their order.
  mutating func tell<Subject>(_ checks: [Check<Subject>], of subject: Subject) {
    findings += findings(of: checks, subject)
  }

  func findings<Subject>(of checks: [Check<Subject>], _ subject: Subject) -> [Finding] {
    let context = context
    return checks.filter { !options.skippedChecks.contains($0.name) }
      .flatMap { $0.judge(subject, context) }
  }
}
