extension InstalledState {
  /// The stack as it would be with its draft published.
  package func drafted(_ id: ComponentID) -> LayerStack? {
    guard let draft = drafts[id] else { return stacks[id] }
    guard var stack = stacks[id] else { return LayerStack(draft.inActiveLayer) }
    stack.put(draft.inActiveLayer)
    return stack
  }

  /// What is there of a component: its layers or, before it is published for the first time, its draft.
  package func standing(_ id: ComponentID) -> LayerStack? { stacks[id] ?? drafted(id) }

  /// Components that are there, published or not.
  package var standingComponents: Set<ComponentID> { Set(stacks.keys).union(drafts.keys) }

  /// What a solution says of a component; a draft is that of `draft`.
  package func layer(of id: ComponentID, by solution: SolutionName) -> Layer? {
    solution == .draft ? drafts[id] : stacks[id]?.layer(of: solution)
  }

  /// Bottom first, the draft last.
  package func layers(of id: ComponentID) -> [Layer] {
    (stacks[id]?.layers ?? []) + (drafts[id].map { [$0] } ?? [])
  }

  package func componentState(of id: ComponentID) -> ComponentState {
    drafts[id] == nil ? .published : .unpublished
  }

  /// Puts a layer into its stack, a draft beside it.
  package mutating func put(_ layer: Layer) {
    let id = layer.component.id
    if layer.solution == .draft {
      drafts[id] = layer
    } else if stacks[id]?.put(layer) == nil {
      stacks[id] = LayerStack(layer)
    }
  }

  mutating func removeLayer(of id: ComponentID, by solution: SolutionName) {
    if solution == .draft {
      drafts[id] = nil
    } else if stacks[id]?.remove(solution) == false {
      stacks[id] = nil
    }
  }

  /// What a component needs once its draft is published (DP-205); nothing where it has none.
  func draftNames(of id: ComponentID, _ kinds: ComponentKinds) -> References {
    drafts[id] == nil ? References() : drafted(id)?.names(kinds) ?? References()
  }
}

/// The platform's numbers (LC-333).
///
/// What is deleted goes at once here, so that 2 and 3 do not arise (docs/decisions/023).
package enum ComponentState: Int, Sendable {
  case published = 0
  case unpublished = 1
}

extension Layer {
  /// A draft as the active layer that it is to be.
  package var inActiveLayer: Layer { by(.active) }

  /// A statement of the active layer as a draft.
  var asDraft: Layer { by(.draft) }

  private func by(_ solution: SolutionName) -> Layer {
    Layer(solution: solution, publisher: publisher, rank: .active, component: component)
  }
}
