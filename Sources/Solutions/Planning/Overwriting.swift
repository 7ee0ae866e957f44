/// What became of the components of a package that overwrites unmanaged customizations (LC-310).
struct Overwriting {
  var fates: [(id: ComponentID, outcome: Overwritten.Outcome)] = []
}

extension Planner {
  /// LC-310: what the package says also goes into the active layer, where there is one and neither merges nor lies above
  /// what others say.
  mutating func overwrite(
    _ component: Component,
    over stack: LayerStack?,
    by solution: InstalledSolution,
    _ overwriting: inout Overwriting
  ) {
    guard options.overwritesCustomizations, solution.isManaged else { return }
    let (id, active) = (component.id, stack?.layer(of: .active))
    let hasDraft = state.drafts[id] != nil
    let merge = kinds[id.type].merge
    guard !merge.isElementwise else {
      if active != nil || hasDraft { overwriting.fates.append((id, .merging)) }
      return
    }
    let others = others(above: solution, on: id)
    guard others.isEmpty else {
      if active != nil || hasDraft {
        overwriting.fates.append((id, .spared(by: others)))
      } else if state.stacks[id]?.effective(merge) != .stated(component.definition) {
        overwriting.fates.append((id, .hidden(by: others)))
      }
      return
    }
    // Managed properties are the owner's (LY-1302).
    let stated = component.definition.without(kinds[id.type].managedProperties)
    let layer = active.map {
      Layer(
        solution: .active,
        publisher: $0.publisher,
        rank: .active,
        component: component.with(stated, at: component.location)
      )
    }
    guard hasDraft || layer != nil else { return }
    guard hasDraft || active?.definition != stated else { return }
    if let layer, layer.definition != active?.definition { perform(.putLayer(layer)) }
    // Published later, it would bring back what is overwritten.
    if hasDraft { perform(.removeLayer(id, .draft)) }
    overwriting.fates.append((id, .replaced))
    touch(id, solution.name, Reason("unmanaged customizations are overwritten", rule: "LC-310"))
  }

  /// Managed layers above that of a solution, topmost first; its own patches and pending upgrade are no others.
  private func others(above solution: InstalledSolution, on id: ComponentID) -> [SolutionName] {
    let above = (state.stacks[id]?.above(solution.name) ?? []).filter {
      $0.rank.isManaged && family(of: $0.solution) != family(of: solution.name)
    }
    return above.reversed().map(\.solution)
  }

  mutating func tell(_ overwriting: Overwriting, of package: SolutionPackage) {
    guard !overwriting.fates.isEmpty else { return }
    let told = overwriting.fates.map {
      Overwritten.Fate(component: named($0.id), outcome: $0.outcome)
    }
    // In order of outcome; within one, of the package.
    let fates = (0...3).flatMap { rank in told.filter { $0.outcome.rank == rank } }
    tell(Overwritten(solution: package.name, fates: fates))
  }
}

extension Overwritten.Outcome {
  fileprivate var rank: Int {
    switch self {
    case .replaced: 0
    case .merging: 1
    case .spared: 2
    case .hidden: 3
    }
  }
}
