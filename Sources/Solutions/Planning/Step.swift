/// What one statement of a plan is about: the package of a set, or all of it.
///
/// Changes are told for each step, so that what one package destroys and the next makes anew is not passed over.
struct Step {
  let start: InstalledState
  /// How many effects the steps before it have.
  var firstEffect = 0
  /// Components that a change may be told of, and who touched them last.
  var touched: [ComponentID: Touch] = [:]
  /// Which references keep what is only taken to be there; nil in a plan that leads back.
  var restReach: Planner.RestReach? = .everyone
  /// Which values were there then, in a plan that leads back or brings something back.
  var former: [ComponentID: Incarnation] = [:]

  struct Touch {
    let solution: SolutionName
    let reason: Reason
    /// A membership without a layer went.
    var isMembershipDropped = false
  }
}

extension Planner {
  mutating func touch(
    _ id: ComponentID,
    _ solution: SolutionName,
    _ reason: Reason,
    membershipDropped: Bool = false
  ) {
    step.touched[id] = Step.Touch(
      solution: solution,
      reason: reason,
      isMembershipDropped: membershipDropped
    )
  }

  /// Tells what the step has changed; the next one starts here.
  mutating func finishStep() {
    if step.restReach != nil { dropRests(after: effects[step.firstEffect...]) }
    takeBack(after: effects[step.firstEffect...])
    changeSchema()
    let told = Reporter(planner: self).changes()
    tell(Checks.ofSteps, of: told.changes)
    changes += told.changes
    unchanged += told.unchanged
    step = Step(start: state, firstEffect: effects.count)
  }

  /// Tables of rows follow the components.
  private mutating func changeSchema() {
    var touched = Set(effects[step.firstEffect...].flatMap(\.components)).filter {
      kinds[$0.type].physical != .none
    }
    // What was dropped and made anew since looks as before, and has lost its data.
    touched.formUnion(step.former.keys.filter { step.former[$0] != before.incarnations[$0] })
    guard !touched.isEmpty else { return }
    var parts = tableParts ?? before.partsByTable(kinds).mapValues { Set($0) }
    // Alone, it grows in place.
    tableParts = nil
    for id in touched where [.column, .key].contains(kinds[id.type].physical) {
      if let table = id.tableAndColumn?.table { parts[.entity(table), default: []].insert(id) }
    }
    tableParts = parts
    let changes = SchemaChanges(
      from: step.start,
      to: state,
      kinds: kinds,
      former: step.former,
      start: before,
      parts: parts
    ).changes(of: touched)
    for change in changes { perform(.schema(change)) }
  }
}
