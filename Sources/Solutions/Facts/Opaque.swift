/// Layers that are known to be there, by what an environment told, and whose content is not.
extension Layer {
  /// Whether it is there for certain, and nobody has shown what it says.
  package var isOpaque: Bool { isAssumed && rank != .system }
}

extension LayerStack {
  /// Whether more is known than that somebody takes it for granted: content, or that a layer is there.
  package var isThere: Bool { layers.contains { !$0.isAssumed || $0.isOpaque } }

  /// Whether it is there, and nobody has shown what any of its layers says.
  package var isUntold: Bool { layers.allSatisfy(\.isAssumed) && hasOpaque }

  /// Whether a layer has a content that nobody has shown.
  package var hasOpaque: Bool { layers.contains(where: \.isOpaque) }
}

extension Facts.Component {
  /// As a component of which only the name is known.
  func opaque(_ id: ComponentID) -> Component {
    Component(
      id: id,
      name: name ?? id.key,
      displayName: displayName,
      parent: parent,
      definition: Assumed.definition,
      location: Location(file: "assumed", line: 0)
    )
  }
}

extension InstalledState {
  /// Packages in their order, among what an environment told: solutions of which none is given lie where they lie there.
  ///
  /// - Parameter base: with nothing in it.
  /// - Throws: findings, with the place of the package that cannot be taken as installed.
  package static func installing(
    _ packages: [SolutionPackage],
    among facts: Facts,
    on base: InstalledState = InstalledState(),
    kinds: ComponentKinds = .standard
  ) throws(ToldInstallingError) -> InstalledState {
    var told = ToldState(facts, given: Set(packages.map(\.name)))
    var state = base
    for (place, package) in packages.enumerated() {
      told.putSolutions(before: package.name, in: &state)
      do {
        state = try Plan.installing(package, on: state, kinds: kinds)
      } catch {
        throw ToldInstallingError(place: place, error: error)
      }
    }
    told.finish(&state)
    return state
  }
}

/// A package that cannot be taken as installed, by its place among those given.
package struct ToldInstallingError: Error {
  package let place: Int
  package let error: InstallingError
}

/// Puts what an environment told among what packages say.
struct ToldState {
  private let index: FactsIndex
  private var facts: Facts { index.facts }
  /// Solutions that a package is given for.
  private let given: Set<SolutionName>
  private var put: Set<SolutionName> = []

  /// - Parameter given: the solutions that packages are given for.
  init(_ facts: Facts, given: Set<SolutionName>) {
    index = FactsIndex(facts)
    self.given = given
  }

  /// Solutions that came before a given one, and of which no package is given: their layers lie below (LY-201).
  fileprivate mutating func putSolutions(before name: SolutionName?, in state: inout InstalledState)
  {
    let limit = name.flatMap { index.solution($0)?.installed }
    let due = (facts.solutions ?? []).filter { solution in
      guard !given.contains(solution.name), !put.contains(solution.name) else { return false }
      guard name != nil else { return true }
      // Where nobody knows when, a solution without a package is taken to lie on top: there it hides most.
      guard let limit, let installed = solution.installed else { return false }
      return installed < limit
    }
    // Bases before their patches and pending upgrades, whose place is theirs.
    for solution in due.sorted(by: { order(of: $0) < order(of: $1) }) {
      put.insert(solution.name)
      putSolution(solution, in: &state)
    }
  }

  private func order(of solution: Facts.Solution) -> (Int, String, String) {
    let isBase = solution.parent == nil && !solution.name.isHolding
    return (isBase ? 0 : 1, solution.installed ?? "~", solution.name.text.lowercased())
  }

  private func putSolution(_ told: Facts.Solution, in state: inout InstalledState) {
    guard !told.name.isReserved else { return }
    let role = role(of: told, in: state)
    var block = state.nextBlock
    switch role {
    case .ordinary: break
    case .patch(let base), .holding(let base):
      block = state.solutions[base]?.block ?? block
    }
    state.solutions[told.name] = InstalledSolution(
      id: told.id,
      name: told.name,
      displayName: told.displayName,
      version: told.version,
      isManaged: told.isManaged,
      publisher: told.publisher,
      role: role,
      block: block,
      members: index.members(of: told.name)
    )
    if state.publishers[told.publisher] == nil {
      state.publishers[told.publisher] = facts.publishers.first { $0.name == told.publisher }
    }
  }

  private func role(
    of told: Facts.Solution,
    in state: InstalledState
  ) -> InstalledSolution.Role {
    if let parent = told.parent, let base = state.solutions[parent] {
      return .patch(of: base.name)
    }
    let base = state.solutions.values.first { $0.name.holding == told.name }
    return base.map { .holding(of: $0.name) } ?? .ordinary
  }

  /// Layers and components, when all packages and solutions are in.
  fileprivate mutating func finish(_ state: inout InstalledState) {
    putSolutions(before: nil, in: &state)
    for component in facts.components {
      guard let id = component.id else { continue }
      putLayers(of: component, id, in: &state)
    }
    state.facts = index
  }

  private func putLayers(
    of told: Facts.Component,
    _ id: ComponentID,
    in state: inout InstalledState
  ) {
    let component = told.opaque(id)
    guard let layers = told.layers else {
      return putListed(told, as: component, in: &state)
    }
    let known = state.stacks[id]
    // Somebody has shown the base that was only taken to be there.
    let isOfPlatform = layers.contains { $0.solution == .system }
    if !isOfPlatform, known?.base.isAssumed == true, known?.base.rank == .system {
      state.removeLayer(of: id, by: .system)
    }
    var lower: LayerRank?
    for (place, layer) in layers.enumerated() {
      if let rank = state.stacks[id]?.layer(of: layer.solution)?.rank {
        lower = rank
        continue
      }
      let upper = layers[(place + 1)...].lazy.compactMap { [state] above in
        state.stacks[id]?.layer(of: above.solution)?.rank
      }.first
      let rank = rank(of: layer, above: lower, below: upper, in: state)
      state.put(
        Layer(
          solution: layer.solution,
          publisher: layer.publisher,
          rank: rank,
          component: known?.top.component.opaque ?? component
        )
      )
      lower = rank
    }
  }

  /// At its solution's block, or between those that the environment says it lies between.
  private func rank(
    of layer: Facts.Layer,
    above lower: LayerRank?,
    below upper: LayerRank?,
    in state: InstalledState
  ) -> LayerRank {
    switch layer.solution {
    case .system: return .system
    case .active: return .active
    default: break
    }
    let solution = state.solutions[layer.solution]
    let own = solution?.rank ?? .managed(block: state.nextBlock, place: .base)
    let place: LayerRank.Place = if case .managed(_, _, let place) = own { place } else { .base }
    if lower.map({ $0 < own }) ?? true, upper.map({ own < $0 }) ?? true { return own }
    guard case .managed(let block, let guest, _)? = lower else {
      return .managed(block: 0, guest: solution?.block ?? 0, place: place)
    }
    return .managed(block: block, guest: max(guest + 1, solution?.block ?? 0), place: place)
  }

  /// It is there, by what solutions list; which layers it has was not told.
  private func putListed(
    _ told: Facts.Component,
    as component: Component,
    in state: inout InstalledState
  ) {
    guard state.stacks[component.id]?.isThere != true else { return }
    let listing = told.listings.keys.sorted().compactMap { state.solutions[$0] }
    let solution = listing.filter(\.isManaged).min { $0.block < $1.block }
    let isUnmanaged = told.isManaged == false || (solution == nil && !listing.isEmpty)
    state.put(
      Layer(
        solution: isUnmanaged ? .active : solution?.name ?? .system,
        publisher: isUnmanaged
          ? .default : solution?.publisher ?? .system,
        rank: isUnmanaged ? .active : solution?.rank ?? .system,
        component: component
      )
    )
  }
}

extension Component {
  /// As it is called, without what it says.
  fileprivate var opaque: Component {
    Component(
      id: id,
      name: name,
      displayName: displayName,
      parent: parent,
      definition: Assumed.definition,
      location: Location(file: "assumed", line: 0)
    )
  }
}
