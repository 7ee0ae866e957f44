/// Tells what a step's effects mean for each component: before against after.
///
/// A value in all but storage: the views of all components share it.
final class Reporter {
  private let planner: Planner
  private let start: InstalledState
  private let end: InstalledState

  init(planner: Planner) {
    self.planner = planner
    start = planner.step.start
    end = planner.state
  }

  /// Changes, sorted, and how many of the components touched are as they were.
  func changes() -> (changes: [Change], unchanged: Int) {
    let changes = planner.step.touched.compactMap { change($0.key, $0.value) }
    let told = Set(changes.map(\.id))
    // Who only lists something, or no longer does, leaves its layers alone, and is no line of a plan.
    let untold = planner.step.touched.filter { !told.contains($0.key) }
    let unchanged = untold.count { !$0.value.isMembershipDropped }
    return (changes.inTellingOrder, unchanged)
  }

  private func change(_ id: ComponentID, _ touch: Step.Touch) -> Change? {
    let draft = draft(id)
    let (view, isDraft) = view(id, touch, draft)
    guard let action = view.action else { return nil }
    let maskedBy = isDraft ? [] : view.maskedBy
    var properties =
      isDraft && action != .add && action != .delete
      ? view.draftProperties(inEffect: start.stacks[id])
      : view.properties(action, isMasked: !maskedBy.isEmpty)
    if action == .change { properties = view.marked(properties) }
    properties = properties.map { concealed($0, of: id) }
    let settings = setting(id)
    properties += settings
    let isSilent =
      action == .change && properties.isEmpty && maskedBy.isEmpty && !view.isFirst && draft == nil
    if isSilent, !view.isRestacked { return nil }
    guard let component = view.component else { return nil }
    let impacts = view.kind.impacts(component)
    properties = properties.map { $0.weighed(impacts) }
    // A value or a connection of the environment is known, whatever the definition lies over.
    let isFirstStatement = action == .change && view.isFirstStatement && settings.isEmpty
    return Change(
      action: action,
      id: id,
      name: component.name,
      displayName: component.displayName,
      parent: component.parent,
      parentName: component.parent.flatMap {
        (end.standing($0) ?? start.standing($0))?.top.component.displayName
      },
      solution: touch.solution,
      maskedBy: maskedBy,
      isBaseKnown: (view.after ?? view.before)?.isBaseKnown(view.kind.merge) ?? true,
      properties: properties,
      impact: isSilent || isFirstStatement
        ? .metadata : Self.impact(action, properties, impacts),
      isLayerOnly: isSilent,
      isFirstStatement: isFirstStatement,
      dataLoss: action == .delete && !start.isVirtual(id, kinds: planner.kinds)
        ? DataLoss(of: id, planner.options.counts, kinds: planner.kinds) : nil,
      draft: draft,
      reason: draft == .saved ? touch.reason.asDraft : touch.reason,
      at: component.location.file == "assumed" ? nil : component.location
    )
  }

  /// Of what comes or goes, whatever is told of it; else of the weightiest property.
  private static func impact(
    _ action: Change.Action,
    _ properties: [PropertyChange],
    _ impacts: Impacts
  ) -> Impact {
    switch action {
    case .add, .delete: impacts.presence
    case .change: properties.map(\.impact).min() ?? impacts.presence
    case .dereference: properties.map(\.impact).min() ?? .metadata
    }
  }

  /// Where only a draft comes or goes, it is told as if it were published.
  private func view(
    _ id: ComponentID,
    _ touch: Step.Touch,
    _ draft: Change.Draft?
  ) -> (ComponentView, isDraft: Bool) {
    func view(_ stack: (InstalledState) -> LayerStack?) -> ComponentView {
      ComponentView(
        before: stack(start),
        after: stack(end),
        solution: touch.solution,
        kind: planner.kinds[id.type],
        reporter: self
      )
    }
    let published = view { $0.stacks[id] }
    let isDraft =
      start.drafts[id] != end.drafts[id]
      && (published.isSameInEffect || (published.after == nil && draft == .saved))
    return isDraft ? (view { $0.drafted(id) }, true) : (published, false)
  }

  private func draft(_ id: ComponentID) -> Change.Draft? {
    let (before, after) = (start.drafts[id], end.drafts[id])
    guard before != after, end.standing(id) != nil else { return nil }
    guard after == nil else { return .saved }
    let active = end.stacks[id]?.layer(of: .active)
    return active?.definition == before?.definition ? .published : .discarded
  }

  /// What belongs to the environment and not to a definition: on or off, a value, a connection.
  private func setting(_ id: ComponentID) -> [PropertyChange] {
    guard start.settings[id] != end.settings[id], end.stacks[id] != nil,
      let path = (end.settings[id] ?? start.settings[id])?.path
    else { return [] }
    var (old, new) = (start.told(id), end.told(id))
    // A value next to a secret is one, too.
    if new?.secret != nil, case .value(let text)? = old {
      old = .secret(Secret(text, seal: end.seal))
    }
    if old?.secret != nil, case .value(let text)? = new {
      new = .secret(Secret(text, seal: end.seal))
    }
    var change = PropertyChange(
      path: path,
      before: old?.text,
      after: new?.text,
      effectiveBefore: old?.text,
      effectiveAfter: new?.text
    )
    guard new?.secret != nil || old?.secret != nil else { return [change] }
    // It may only have come to be a secret.
    guard new?.secret != old?.secret else { return [] }
    change.secret = old == nil ? .set : new == nil ? .unset : .changed
    return [change]
  }

  /// A property that holds a value of a secret variable, without it.
  private func concealed(_ change: PropertyChange, of id: ComponentID) -> PropertyChange {
    let texts = [change.before, change.after, change.effectiveBefore, change.effectiveAfter]
    guard start.isSecret(change.path, of: id) || end.isSecret(change.path, of: id),
      texts.contains(where: { $0?.isEmpty == false })
    else { return change }
    func told(_ text: String?) -> String? {
      text.map { $0.isEmpty ? "" : "\(Secret($0, seal: end.seal))" }
    }
    var concealed = PropertyChange(
      path: change.path,
      words: change.words,
      before: told(change.before),
      after: told(change.after),
      effectiveBefore: told(change.effectiveBefore),
      effectiveAfter: told(change.effectiveAfter)
    )
    concealed.generation = change.generation
    concealed.secret =
      change.before == change.after
      ? .unchanged : change.before == nil ? .set : change.after == nil ? .unset : .changed
    return concealed
  }

  /// Whether a layer belongs to the solution, one of its patches or its pending upgrade.
  func isFamily(_ layer: Layer, _ solution: SolutionName) -> Bool {
    family(layer.solution) == family(solution)
  }

  func family(_ name: SolutionName) -> SolutionName {
    (end.solutions[name] ?? start.solutions[name])?.family ?? name
  }

  /// Whether the step deletes a component that was somebody's.
  func isDeleted(_ id: ComponentID) -> Bool {
    end.stacks[id] == nil && start.stacks[id].map { $0.base.rank != .system } ?? false
  }

  /// The solution that a layer of this one carries: all unmanaged work shares one.
  func owner(_ solution: SolutionName) -> SolutionName {
    let row = end.solutions[solution] ?? start.solutions[solution]
    return row?.isManaged == false ? .active : solution
  }
}
