/// What one solution says of one component.
package struct Layer: Equatable, Sendable {
  package let solution: SolutionName
  package let publisher: PublisherName
  package let rank: LayerRank
  package let component: Component

  package init(
    solution: SolutionName,
    publisher: PublisherName,
    rank: LayerRank,
    component: Component
  ) {
    self.solution = solution
    self.publisher = publisher
    self.rank = rank
    self.component = component
  }

  /// What the platform itself says.
  static func ofSystem(_ component: Component) -> Layer {
    Layer(solution: .system, publisher: .system, rank: .system, component: component)
  }

  package var definition: Definition { component.definition }
}

/// Where a layer stands in a stack, bottom first (LY-207).
package enum LayerRank: Comparable, Hashable, Sendable {
  case system
  /// `block` counts first installations (LY-201); a solution keeps its block (LY-203, LY-204). A guest lies above
  /// the solution that owns the block, which has come to the component before it (LC-105); `guest` is then its own
  /// block, otherwise 0.
  case managed(block: Int, guest: Int = 0, place: Place)
  case active

  /// Within one solution's block, bottom first (LY-106).
  package enum Place: Comparable, Hashable, Sendable {
    case base
    case patch(SolutionVersion)
    case holding
  }

  package var isManaged: Bool {
    guard case .managed = self else { return false }
    return true
  }
}
