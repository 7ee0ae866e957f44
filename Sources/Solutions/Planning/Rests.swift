/// What is left of what was only taken to be there, when those for whom it was are gone (docs/decisions/046).
extension Planner {
  /// Whose references keep what is only taken to be there.
  enum RestReach {
    case everyone
    /// What was first installed before led nowhere then, and may do so again.
    case after(_ block: Int)
    /// The same, and nothing is left that was not there then.
    case exactly(after: Int)

    /// From here on; nil where all count.
    var block: Int? {
      switch self {
      case .everyone: nil
      case .after(let block), .exactly(let block): block
      }
    }

    var isExact: Bool { if case .exactly = self { true } else { false } }
  }

  /// Takes away what the step leaves with nothing but an assumed layer that nobody needs.
  ///
  /// - Parameter effects: those of the step.
  mutating func dropRests(after effects: ArraySlice<Plan.Effect>) {
    let rests = rests(among: candidates(effects))
    guard !rests.isEmpty else { return }
    let platforms =
      step.restReach?.isExact == true ? [] : rests.filter { isPlatforms($0, going: rests) }
    for id in platforms.sorted() {
      guard let former = step.start.stacks[id] else { continue }
      // What was last said of it is the platform's from now on.
      perform(.putLayer(.ofSystem(former.top.component)))
    }
    let gone = rests.subtracting(platforms)
    for id in gone.sorted() { perform(.deleteComponent(id)) }
    tell(rests: gone)
  }

  /// Whether it is a column with values that the platform made with a table that stays, whoever told of it (LC-500).
  private func isPlatforms(_ id: ComponentID, going: Set<ComponentID>) -> Bool {
    guard let former = step.start.stacks[id] else { return false }
    return hasValuesHere(id) && outlives(former, going)
  }

  /// What somebody has stopped listing, or saying something of.
  private func candidates(_ effects: ArraySlice<Plan.Effect>) -> Set<ComponentID> {
    var found: Set<ComponentID> = []
    var names: Set<SolutionName> = []
    for effect in effects {
      switch effect {
      case .putSolution(let solution): names.insert(solution.name)
      case .removeSolution(let name), .unlist(let name, _): names.insert(name)
      case .removeLayer(let id, _): found.insert(id)
      default: continue
      }
    }
    for name in names {
      guard let old = step.start.solutions[name] else { continue }
      found.formUnion(old.members.subtracting(state.solutions[name]?.members ?? []))
    }
    return found.filter { id in
      state.drafts[id] == nil && state.stacks[id].map { !$0.isThere } ?? false
    }
  }

  private func rests(among candidates: Set<ComponentID>) -> Set<ComponentID> {
    guard !candidates.isEmpty else { return [] }
    var rests = candidates
    for solution in state.solutions.values { rests.subtract(solution.members) }
    rests.subtract(referenced(rests))
    guard !rests.isEmpty else { return [] }
    // A whole stays with any of its parts.
    let parts = state.parts()
    var kept: Set<ComponentID>
    repeat {
      kept = rests.filter { id in parts[id]?.contains { !rests.contains($0) } ?? false }
      rests.subtract(kept)
    } while !kept.isEmpty
    return rests
  }

  /// Those that others name; what the platform itself brings is there for everyone.
  private func referenced(_ rests: Set<ComponentID>) -> Set<ComponentID> {
    let named = rests.filter { !SystemBaseline.contains($0) }
    guard !named.isEmpty else { return [] }
    let naming = Naming(of: named, in: state, kinds: kinds)
    var found: Set<ComponentID> = []
    for (id, stack) in state.stacks where !rests.contains(id) && isHeard(stack.top) {
      for name in stack.names(kinds).found { found.formUnion(naming[name.target]) }
    }
    for id in state.drafts.keys {
      for name in state.draftNames(of: id, kinds).found { found.formUnion(naming[name.target]) }
    }
    return found
  }

  private func isHeard(_ layer: Layer) -> Bool {
    guard let block = step.restReach?.block, let solution = state.solutions[layer.solution],
      solution.isManaged
    else { return true }
    return solution.block > block
  }

  /// Columns and tables that the platform does not bring have a place for values here only as long as they are told of.
  private func hasValuesHere(_ id: ComponentID) -> Bool {
    switch kinds[id.type].physical {
    case .table: !SystemBaseline.contains(id)
    case .column: !SystemBaseline.holds(id)
    case .key, .relationship, .none: false
    }
  }

  private mutating func tell(rests: Set<ComponentID>) {
    let stored = rests.filter { hasValuesHere($0) }
    guard !stored.isEmpty else { return }
    tell(AssumptionsDropped(components: stored.map { named($0) }.inOrder))
  }
}
