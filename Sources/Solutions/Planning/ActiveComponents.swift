internal import XML

extension Planner {
  /// What goes together does not stand in its own way.
  mutating func remove(_ ids: [ComponentID], by owner: InstalledSolution) {
    let all = Set(ids).union(ids.flatMap { companions(of: $0) }).sorted()
    let doomed = all.filter { isRemovable($0) }
    guard !doomed.isEmpty else { return }
    for solution in state.solutions.values.sorted(by: { $0.name < $1.name })
    where !solution.isManaged && !solution.members.isDisjoint(with: doomed) {
      tellLock(of: solution)
    }
    drop(
      Set(doomed),
      of: Dropping(
        solution: .active,
        owners: [.active],
        publisher: owner.publisher,
        operation: .removal
      )
    )
  }

  /// What the platform made with a column goes with it: the amount in the base currency, and what a lookup leads by.
  private func companions(of id: ComponentID) -> [ComponentID] {
    if let lookup = lookup(ledBy: id) { return [lookup] + companions(of: lookup) }
    guard id.type == .attribute, let (table, column) = id.tableAndColumn else { return [] }
    return state.standingComponents.filter { other in
      guard other != id, let component = state.standing(other)?.top.component else { return false }
      let element = component.definition.element
      func says(_ name: String, _ text: String) -> Bool {
        element.text(of: name)?.lowercased() == text
      }
      switch other.type {
      case .attribute: return component.parent == .entity(table) && says("CalculationOf", column)
      case .entityRelationship:
        return says("ReferencingEntityName", table) && says("ReferencingAttributeName", column)
      default: return false
      }
    }
  }

  /// A lookup of somebody's that leads nowhere without the relationship: both were made together, and go together.
  private func lookup(ledBy id: ComponentID) -> ComponentID? {
    guard id.type == .entityRelationship,
      let link = state.standing(id)?.top.definition.lookupLink
    else { return nil }
    let column = ComponentID.attribute(link.table, link.column)
    guard let standing = state.standing(column),
      standing.top.definition.element.text(of: "IsCustomField") != "0"
    else { return nil }
    let others = state.standingComponents.filter { other in
      guard other != id, other.type == .entityRelationship,
        let its = state.standing(other)?.top.definition.lookupLink
      else { return false }
      return its.table == link.table && its.column == link.column
    }
    return others.isEmpty ? column : nil
  }

  /// LY-1308: only what is unmanaged can be deleted on its own.
  private mutating func isRemovable(_ id: ComponentID) -> Bool {
    guard let stack = changeable(id) else { return false }
    guard !stack.isManaged else {
      let base = stack.base.solution
      tell(
        ManagedComponent(
          component: named(id),
          base: base,
          hasActiveLayer: stack.layer(of: .active) != nil
        )
      )
      return false
    }
    if outlives(stack, []) {
      tell(GoesWithTable(component: named(id)))
      return false
    }
    return true
  }

  /// LY-1101: allowed also where unmanaged work is blocked (LY-1106).
  mutating func reset(_ id: ComponentID, by owner: InstalledSolution) {
    let draft = state.drafts[id]
    guard let stack = state.drafted(id), stack.layer(of: .active) != nil else {
      tell(NoActiveLayer(component: named(id)))
      return
    }
    guard stack.isManaged else {
      tell(OnlyActiveLayer(component: named(id), isDraft: state.stacks[id] == nil))
      return
    }
    if draft != nil { perform(.removeLayer(id, .draft)) }
    guard state.stacks[id]?.layer(of: .active) != nil else {
      return touch(id, .active, Reason("the draft is taken back", rule: .inferred("LY-1101")))
    }
    perform(.removeLayer(id, .active))
    guard let left = state.stacks[id] else { return }
    touch(
      id,
      .active,
      Reason(
        "the unmanaged layer is removed\(draft == nil ? "" : " with its draft"); \(left.top.solution) comes up",
        rule: "LY-1101"
      )
    )
    tell(
      Checks.ofSurfaces,
      of: Surfaced(
        ids: [id],
        dropping: Dropping(
          solution: .active,
          owners: [.active],
          publisher: owner.publisher,
          operation: .removal
        )
      )
    )
  }
}
