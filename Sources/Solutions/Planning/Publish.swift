/// Which drafts are to take effect.
package enum Publishing: Equatable, Sendable {
  case all
  /// These, and those of their parts.
  case components(Set<ComponentID>)
  /// What an unmanaged solution lists.
  case solution(SolutionName)
}

extension Plan {
  /// Drafts go into the active layer, with all that the owners of what they change have to say.
  ///
  /// - Parameter former: the layers when each draft was begun; nil where nobody knows, and nothing is said of what has
  ///   changed below since.
  package static func publishing(
    _ publishing: Publishing,
    on state: InstalledState,
    since former: [ComponentID: LayerStack]? = nil,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    planner.publish(publishing, since: former)
    return planner.plan()
  }
}

extension Planner {
  mutating func publish(
    _ publishing: Publishing,
    since former: [ComponentID: LayerStack]? = nil
  ) {
    let wanted = drafts(publishing)
    // What was kept out before keeps waiting (E-6).
    guard wanted.isEmpty || isOpenToUnmanaged() else { return }
    var owner = Self.activeRow(newID(of: .active))
    for draft in wanted {
      owner = owner.with(publisher: draft.publisher)
      let id = draft.component.id
      let stack = state.stacks[id]
      write(
        draft.component,
        over: stack,
        own: stack?.layer(of: .active),
        by: owner,
        Reason("published", rule: "LC-331"),
        source: .draft
      )
      if let former { tellMasking(id, over: stack, since: former[id]) }
    }
    for draft in wanted { tellDrafts(behind: draft.component.id) }
    keepFallbackForms()
  }

  /// LY-305: managed changes that came after the draft was begun, and that it hides from now on.
  private mutating func tellMasking(
    _ id: ComponentID,
    over before: LayerStack?,
    since former: LayerStack?
  ) {
    let merge = kinds[id.type].merge
    guard let after = state.stacks[id],
      let masking = Masking(of: after, since: former, merge: merge)
    else { return }
    let hidden = before.flatMap { Masking(of: $0, since: former, merge: merge) }?.properties ?? []
    let new = masking.properties.filter { property in !hidden.contains { $0.path == property.path }
    }
    guard !new.isEmpty else { return }
    tell(
      DraftMasks(
        component: named(id),
        hidden: new.map {
          "\($0.path): \($0.before ?? "∅") → \($0.after ?? "∅"), and would be \($0.inEffect ?? "∅")"
        }
      )
    )
  }

  private mutating func drafts(_ publishing: Publishing) -> [Layer] {
    let all = state.drafts.values.sorted { $0.component.id < $1.component.id }
    switch publishing {
    case .all: return all
    case .components(let ids):
      let found = all.filter { draft in
        ids.contains(draft.component.id) || draft.component.parent.map(ids.contains) == true
      }
      let answered = Set(
        found.flatMap { [$0.component.id, $0.component.parent].compactMap { $0 } }
      )
      for id in ids.subtracting(answered).sorted() { nothingToPublish(id) }
      return found
    case .solution(.default): return all
    case .solution(let name):
      guard let solution = unmanaged(name) else { return [] }
      return all.filter { solution.members.contains($0.component.id) }
    }
  }

  private mutating func nothingToPublish(_ id: ComponentID) {
    unchanged += 1
    tell(
      NothingToPublish(
        component: named(id),
        takesEffectAtOnce: kinds[id.type].publishing == .atOnce
      )
    )
  }

  /// What is published and what it needs is not yet.
  private mutating func tellDrafts(behind id: ComponentID) {
    let references = state.stacks[id]?.references(kinds) ?? []
    let waiting = Set(references.map(\.target)).filter {
      state.stacks[$0] == nil && state.drafts[$0] != nil
    }
    guard !waiting.isEmpty else { return }
    tell(NeedsPublishing(component: named(id), drafts: waiting.sorted().map { named($0) }))
  }
}

// MARK: Drafts

extension Planner {
  /// Puts a layer in its place; unmanaged work of kinds that are published on demand goes beside the stack (LC-331).
  mutating func put(_ layer: Layer, isPublished: Bool) {
    let id = layer.component.id
    guard layer.rank == .active, kinds[id.type].publishing != .atOnce else {
      return perform(.putLayer(layer))
    }
    let isSaid = state.stacks[id]?.layer(of: .active)?.definition == layer.definition
    if isPublished {
      perform(.putLayer(layer))
    } else if !isSaid {
      return perform(.putLayer(layer.asDraft))
    }
    if state.drafts[id] != nil { perform(.removeLayer(id, .draft)) }
  }

  /// What a package's statement is compared with: unmanaged work goes on from its draft.
  func base(of component: Component, by solution: InstalledSolution) -> LayerStack? {
    let id = component.id
    let goesOn = !solution.isManaged && !options.publishes
    return goesOn ? state.drafted(id) : state.stacks[id]
  }

  mutating func discardDraft(of id: ComponentID, _ reason: Reason) {
    perform(.removeLayer(id, .draft))
    touch(id, .active, reason)
  }

  /// LY-605: an import discards unpublished changes of a site map.
  mutating func discardPending(of component: Component, by solution: InstalledSolution) {
    let id = component.id
    guard solution.isManaged, kinds[id.type].publishing == .pending, state.drafts[id] != nil else {
      return
    }
    discardDraft(of: id, Reason("an import discards unpublished changes", rule: "LY-605"))
    tell(DraftDiscarded(component: named(id), solution: solution.name))
  }
}
