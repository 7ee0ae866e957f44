internal import XML

/// Tells what a planner's effects mean for each component: before against after.
struct Reporter {
  let planner: Planner

  func changes() -> [Change] {
    planner.touched.compactMap { change($0.key, $0.value) }.sorted { left, right in
      if left.action != right.action { return left.action < right.action }
      if left.id.type != right.id.type { return left.id.type < right.id.type }
      return left.name == right.name ? left.id.key < right.id.key : left.name < right.name
    }
  }

  private func change(_ id: ComponentID, _ touch: Planner.Touch) -> Change? {
    let (before, after) = (planner.before.stacks[id], planner.state.stacks[id])
    guard let action = action(before, after, touch) else { return nil }
    let kind = planner.kinds[id.type]
    let component =
      (after ?? before)?.component(of: touch.solution) ?? (after ?? before)?.top.component
    guard let component else { return nil }
    return Change(
      action: action,
      id: id,
      name: component.name,
      displayName: component.displayName,
      parent: component.parent,
      solution: touch.solution,
      maskedBy: maskedBy(before, after, touch.solution, kind),
      isApproximate: after?.isApproximate(kind.merge) ?? false,
      properties: properties(action, before, after, touch.solution, kind),
      dataLoss: action == .delete ? dataLoss(id, kind) : nil,
      reason: touch.reason,
      at: component.location.file == "assumed" ? nil : component.location
    )
  }

  private func action(
    _ before: LayerStack?,
    _ after: LayerStack?,
    _ touch: Planner.Touch
  ) -> Change.Action? {
    switch (before, after) {
    case (nil, nil): return nil
    case (nil, let after?): return after.base.rank == .system ? .change : .add
    case (_?, nil): return .delete
    case (let before?, let after?):
      if touch.isMembershipDropped { return .dereference }
      if before == after { return nil }
      let had = before.layers.contains { isOf(touch.solution, $0) }
      let has = after.layers.contains { isOf(touch.solution, $0) }
      return had && !has ? .dereference : .change
    }
  }

  /// Whether a layer belongs to the solution, one of its patches or its pending upgrade.
  private func isOf(_ solution: SolutionName, _ layer: Layer) -> Bool {
    if layer.solution == solution { return true }
    let known = planner.before.solutions[layer.solution] ?? planner.state.solutions[layer.solution]
    switch known?.role {
    case .patch(let parent)?, .holding(let parent)?: return parent == solution
    default: return false
    }
  }

  private func stated(_ stack: LayerStack?, _ solution: SolutionName) -> Definition? {
    stack?.layers.last { isOf(solution, $0) && !$0.isAssumed }?.definition
  }

  private func maskedBy(
    _ before: LayerStack?,
    _ after: LayerStack?,
    _ solution: SolutionName,
    _ kind: ComponentKind
  ) -> [SolutionName] {
    guard let after, kind.merge != .elements,
      let own = after.layers.lastIndex(where: { isOf(solution, $0) })
    else { return [] }
    let above = after.layers[(own + 1)...]
    guard !above.isEmpty, stated(before, solution) != after.layers[own].definition,
      before?.effective(kind.merge) == after.effective(kind.merge)
    else { return [] }
    return above.reversed().map(\.solution)
  }

  private func properties(
    _ action: Change.Action,
    _ before: LayerStack?,
    _ after: LayerStack?,
    _ solution: SolutionName,
    _ kind: ComponentKind
  ) -> [PropertyChange] {
    if action == .add || action == .delete {
      return headline(action, (after ?? before)?.effective(kind.merge), kind)
    }
    let (oldStated, newStated) = (stated(before, solution), stated(after, solution))
    let (oldEffective, newEffective) = (effective(before, kind), effective(after, kind))
    if oldStated == oldEffective, newStated == newEffective {
      return Properties.changes(from: oldStated, to: newStated).map {
        PropertyChange(
          path: $0.path,
          before: $0.before,
          after: $0.after,
          effectiveBefore: $0.before,
          effectiveAfter: $0.after
        )
      }
    }
    // A layer that is new, or goes, changes only what differs in effect; all of it would be noise.
    let isOwnBoth = oldStated != nil && newStated != nil
    let own = isOwnBoth ? Properties.changes(from: oldStated, to: newStated) : []
    let shown =
      oldEffective == nil || newEffective == nil
      ? [] : Properties.changes(from: oldEffective, to: newEffective)
    let values = [oldStated, newStated, oldEffective, newEffective].map { definition in
      definition.map { Properties($0) }
    }
    let moved = Dictionary(shown.map { ($0.path, $0) }) { first, _ in first }
    var paths = own.map(\.path)
    paths += shown.map(\.path).filter { path in !own.contains { $0.path == path } }
    return paths.map { path in
      let statedChange = own.first { $0.path == path }
      return PropertyChange(
        path: path,
        before: statedChange?.before ?? values[0]?.value(at: path),
        after: statedChange?.after ?? values[1]?.value(at: path),
        effectiveBefore: moved[path]?.before ?? values[2]?.value(at: path),
        effectiveAfter: moved[path]?.after ?? values[3]?.value(at: path)
      )
    }
  }

  /// nil where nobody has shown what is in effect.
  private func effective(_ stack: LayerStack?, _ kind: ComponentKind) -> Definition? {
    stack.flatMap { stack in
      let definition = stack.effective(kind.merge)
      return definition == Assumed.definition ? nil : definition
    }
  }

  private func headline(
    _ action: Change.Action,
    _ definition: Definition?,
    _ kind: ComponentKind
  ) -> [PropertyChange] {
    guard let definition, !kind.headline.isEmpty else { return [] }
    return kind.headline.compactMap { path in
      definition.headline(path).map { value in
        let (before, after) = action == .add ? (nil, value) : (value, nil)
        return PropertyChange(
          path: path,
          before: before,
          after: after,
          effectiveBefore: before,
          effectiveAfter: after
        )
      }
    }
  }

  private func dataLoss(_ id: ComponentID, _ kind: ComponentKind) -> DataLoss? {
    switch kind.physical {
    case .table: DataLoss(rows: planner.options.counts.rows[id], values: nil)
    case .column: DataLoss(rows: nil, values: planner.options.counts.values[id])
    case .relationship, .key, .none: nil
    }
  }
}

extension LayerStack {
  fileprivate func component(of solution: SolutionName) -> Component? {
    layers.last { $0.solution == solution && !$0.isAssumed }?.component
  }
}

extension Definition {
  /// A value by plain child names, without reading the whole definition.
  fileprivate func headline(_ path: String) -> String? {
    if path.hasPrefix("@") { return element.attribute(String(path.dropFirst())) }
    var at: XMLElement? = element
    for name in path.split(separator: "/") { at = at?.child(String(name)) }
    return at?.text
  }
}
