extension InstalledState {
  /// What `apply` does in a database, in memory: the next package of a set is planned on it.
  package func applying(_ plan: Plan) -> InstalledState {
    var state = self
    for effect in plan.effects { state.apply(effect) }
    if !plan.effects.isEmpty { state.revision += 1 }
    return state
  }

  /// What one effect does.
  package mutating func apply(_ effect: Plan.Effect) {
    switch effect {
    case .putPublisher(let publisher):
      publishers[publisher.name] = publisher
    case .removePublisher(let name):
      publishers[name] = nil
    case .putSolution(let solution):
      solutions[solution.name] = solution
    case .removeSolution(let name):
      solutions[name] = nil
    case .putLayer(let layer):
      put(layer)
    case .removeLayer(let id, let solution):
      removeLayer(of: id, by: solution)
    case .set(let id, let setting):
      settings[id] = setting
    case .deleteComponent(let id):
      stacks[id] = nil
      drafts[id] = nil
      settings[id] = nil
    case .unlist(let name, let ids):
      if let solution = solutions[name] {
        solutions[name] = solution.with(members: solution.members.subtracting(ids))
      }
    case .blockUnmanaged(let isBlocked): blocksUnmanaged = isBlocked
    case .tell(let index): facts = index
    // Rows are not part of the state.
    case .schema: break
    }
  }
}
