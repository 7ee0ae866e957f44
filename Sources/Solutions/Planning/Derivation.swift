/// Why components go, and what stands in their way: what a removal leaves, for words to be made of.
struct Derivation: Equatable, Sendable {
  enum Cause: Equatable, Sendable {
    /// The solution no longer has it.
    case dropped
    /// It goes with what it is a part of.
    case partOf(ComponentID)
  }

  struct Use: Equatable, Sendable {
    let user: ComponentID
    /// Whose layer says so.
    let layer: SolutionName
    /// Sorted.
    let via: [String]
  }

  /// Of everything that is to go; a chain of causes has no circle and ends in what is dropped.
  let causes: [ComponentID: Cause]
  /// By what is used; users are outside of what is to go.
  let uses: [ComponentID: [Use]]

  /// - Parameter isWhole: whether the solution goes whole, so that what it has goes for that reason alone.
  init(
    of closure: DeletionClosure,
    _ uses: DeletionClosure.Uses,
    in state: InstalledState,
    isWhole: Bool
  ) {
    var causes: [ComponentID: Cause] = [:]
    for id in closure.all {
      let parent = state.standing(id)?.top.component.parent
      let whole = closure.wholes[id] ?? (isWhole ? nil : parent)
      causes[id] = whole.flatMap { closure.all.contains($0) ? .partOf($0) : nil } ?? .dropped
    }
    self.causes = causes
    self.uses = uses.blocked.reduce(into: [:]) { uses, blocked in
      uses[blocked.id] = blocked.dependents.map {
        Use(user: $0.id, layer: $0.layer.solution, via: $0.via)
      }
    }
  }

  /// From the component up to what is dropped, the component first.
  func chain(of id: ComponentID) -> [ComponentID] {
    var chain = [id]
    while case .partOf(let whole)? = causes[chain[chain.count - 1]], !chain.contains(whole) {
      chain.append(whole)
    }
    return chain
  }
}

/// A derivation in words.
struct DerivationText {
  let derivation: Derivation
  /// On whose behalf.
  let cause: Dropping.Cause
  let context: PlanContext

  /// Why a component goes, the first cause first.
  func lines(for id: ComponentID) -> [Phrase] {
    let chain = derivation.chain(of: id).reversed().map { context.named($0) }
    let parts = zip(chain, chain.dropFirst()).map { whole, part -> Phrase in
      "\(part) is part of \(whole)"
    }
    return chain.prefix(1).map { "\($0) \(cause.clause)" } + parts
  }
}
