extension InstalledState {
  /// Broken invariants of LY-1404, in words; none in a sound state.
  package func brokenInvariants() -> [String] {
    var broken: [String] = []
    for (id, stack) in stacks {
      let name = stack.top.component.name
      let owners = stack.layers.map(\.solution)
      if Set(owners).count != owners.count {
        broken.append("LY-1404 b: \(name) has two layers of one solution")
      }
      if stack.layers.contains(where: { $0.component.id != id }) {
        broken.append("LY-1404 a: \(name) has a layer of another component")
      }
      if zip(stack.layers, stack.layers.dropFirst()).contains(where: { $0.rank > $1.rank }) {
        broken.append("LY-207: the layers of \(name) are out of order")
      }
      for layer in stack.layers where layer.rank.isManaged {
        guard let solution = solutions[layer.solution] else {
          broken.append(
            "LY-1404 c: \(name) has a layer of \(layer.solution), which is not installed"
          )
          continue
        }
        // What was told lies where the environment says.
        if !layer.isOpaque, !solution.canLie(at: layer.rank) {
          broken.append("LY-1404 c: a layer of \(name) does not lie at \(layer.solution)'s place")
        }
      }
    }
    for (id, draft) in drafts
    where draft.component.id != id || draft.solution != .draft || draft.rank != .active {
      broken.append("LC-331: the draft of \(draft.component.name) is none of unmanaged work")
    }
    for solution in solutions.values {
      let parent: SolutionName? =
        switch solution.role {
        case .ordinary: nil
        case .patch(let parent), .holding(let parent): parent
        }
      if let parent, solutions[parent]?.block != solution.block {
        broken.append("LY-106: \(solution.name) does not lie in the block of \(parent)")
      }
    }
    return broken.sorted()
  }
}

extension InstalledSolution {
  /// Its own block, one inherited from a solution of its publisher (LY-1206), or a guest's place (LC-105).
  fileprivate func canLie(at rank: LayerRank) -> Bool {
    guard case .managed(let own, _, let place) = self.rank,
      case .managed(let block, let guest, place) = rank
    else { return self.rank == rank }
    return guest == 0 ? block <= own : guest == own && block >= own
  }
}
