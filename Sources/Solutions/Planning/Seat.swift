extension Planner {
  /// Where a layer of a solution comes to lie in a component's stack.
  ///
  /// At the solution's own block (LY-205), with two exceptions: what has been inherited stays where it is (LY-1206),
  /// and nobody slides under the base layer of another publisher, who would lose the component (LC-105).
  func rank(of solution: InstalledSolution, on stack: LayerStack?) -> LayerRank {
    guard let stack, case .managed(let own, _, let place) = solution.rank else {
      return solution.rank
    }
    let family = family(of: solution.name)
    for layer in stack.layers where self.family(of: layer.solution) == family {
      if case .managed(let block, let guest, _) = layer.rank {
        return .managed(block: block, guest: guest, place: place)
      }
    }
    if case .managed(let block, _, _) = stack.base.rank,
      block == own || (block > own && stack.base.publisher != solution.publisher)
    {
      return .managed(block: block, guest: own, place: place)
    }
    return solution.rank
  }

  /// The solution that patches and a pending upgrade belong to; the solution itself otherwise.
  func family(of name: SolutionName) -> SolutionName {
    context.family(of: name)
  }
}
