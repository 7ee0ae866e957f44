extension Plan {
  /// Leads back to a former state: a rollback is a plan like any other.
  ///
  /// - Parameters:
  ///   - former: what stood then; both states hold the same components, as far as they were touched since.
  ///   - operation: the first operation that is undone.
  ///   - rowOperations: those among them that wrote rows, in words.
  ///   - undone: where the first operation is a rollback itself, what it undid.
  package static func restoring(
    _ former: InstalledState,
    on state: InstalledState,
    undoing operation: Int,
    rowOperations: [String] = [],
    undone: Int? = nil,
    kinds: ComponentKinds = .standard,
    options: PlanOptions = PlanOptions()
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds, options: options)
    planner.step.former = former.incarnations
    planner.step.restReach = nil
    planner.restore(former, Reason("operation \(operation) is undone", rule: "strata.rollback"))
    planner.tellPurged()
    if let undone {
      planner.tell(UndoesRollback(operation: operation, undone: undone))
    }
    if !rowOperations.isEmpty {
      planner.tell(RowsStay(operations: rowOperations))
    }
    return planner.plan()
  }
}

extension Planner {
  /// All that leads to a state, and why.
  mutating func restore(_ former: InstalledState, _ reason: Reason) {
    for (name, publisher) in former.publishers.sorted(by: { $0.key < $1.key })
    where state.publishers[name] != publisher {
      perform(.putPublisher(publisher))
    }
    for (name, solution) in former.solutions.sorted(by: { $0.key < $1.key })
    where state.solutions[name] != solution {
      perform(.putSolution(solution))
    }
    if former.blocksUnmanaged != state.blocksUnmanaged {
      perform(.blockUnmanaged(former.blocksUnmanaged))
    }
    if former.facts != state.facts { perform(.tell(former.facts)) }
    for id in former.standingComponents.union(state.standingComponents).sorted() {
      restore(id, former, reason)
    }
    for id in Set(former.settings.keys).union(state.settings.keys).sorted()
    where former.settings[id] != state.settings[id] {
      perform(.set(id, former.settings[id]))
      if step.touched[id] == nil { touch(id, teller(former.stacks[id], state.stacks[id]), reason) }
    }
    for name in state.solutions.keys.sorted() where former.solutions[name] == nil {
      perform(.removeSolution(name))
    }
    for name in state.publishers.keys.sorted() where former.publishers[name] == nil {
      perform(.removePublisher(name))
    }
  }

  private mutating func restore(_ id: ComponentID, _ former: InstalledState, _ reason: Reason) {
    let (then, now) = (former.stacks[id], state.stacks[id])
    guard now != then || former.drafts[id] != state.drafts[id] else { return }
    let teller = teller(then, now)
    // What is only taken to be there comes and goes untold.
    let isTold =
      (then?.isKnown ?? false) || (now?.isKnown ?? false)
      || former.drafts[id] != state.drafts[id]
    guard former.standing(id) != nil else {
      perform(.deleteComponent(id))
      if isTold { touch(id, teller, reason) }
      return
    }
    // Layers come before others go, so that the component is never without one.
    for layer in former.layers(of: id) where state.layer(of: id, by: layer.solution) != layer {
      perform(.putLayer(layer))
    }
    for layer in state.layers(of: id) where former.layer(of: id, by: layer.solution) == nil {
      perform(.removeLayer(id, layer.solution))
    }
    if isTold { touch(id, teller, reason) }
  }

  /// The solution whose layer comes back or goes.
  private func teller(_ former: LayerStack?, _ now: LayerStack?) -> SolutionName {
    let back = former?.layers.last { now?.layer(of: $0.solution) != $0 }
    let gone = now?.layers.last { former?.layer(of: $0.solution) != $0 }
    // Only a draft comes or goes.
    return (back ?? gone)?.solution ?? .active
  }
}
