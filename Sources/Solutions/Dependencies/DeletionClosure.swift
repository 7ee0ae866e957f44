/// Everything that goes when some components go, what stands in the way, and in which order it can go
/// (dependencies.md §4.2, §4.3).
struct DeletionClosure {
  /// A component that cannot go, and everything that needs it.
  struct Blocked {
    let id: ComponentID
    let dependents: [Dependent]
  }

  struct Dependent {
    let id: ComponentID
    /// Its topmost layer: the one that says so (DP-201); its draft where only that does (DP-205).
    let layer: Layer
    let via: [String]
  }

  let all: Set<ComponentID>
  /// Members of `all` that came in as parts.
  let parts: Set<ComponentID>

  init(of doomed: Set<ComponentID>, in state: InstalledState) {
    let partsOf = state.parts()
    var all = doomed
    var queue = Array(doomed)
    while let id = queue.popLast() {
      for part in partsOf[id] ?? [] where all.insert(part).inserted { queue.append(part) }
    }
    self.all = all
    parts = all.subtracting(doomed)
  }

  /// Components outside that depend on one inside, by what is in effect; all of them.
  func blockers(
    in state: InstalledState,
    kinds: ComponentKinds,
    except silent: Set<ComponentID> = []
  ) -> [Blocked] {
    var dependents: [ComponentID: [Dependent]] = [:]
    var named = Dictionary(all.map { ($0, $0) }) { first, _ in first }
    for id in all {
      if let component = state.standing(id)?.top.component,
        let alias = kinds[id.type].alias(component)
      {
        named[ComponentID(id.type, alias)] = id
      }
    }
    func uses(_ references: [Reference]) -> [ComponentID: [String]] {
      references.reduce(into: [:]) { uses, reference in
        guard reference.type == .published, let target = named[reference.target] else { return }
        uses[target, default: []].append(reference.via)
      }
    }
    func note(_ uses: [ComponentID: [String]], by layer: Layer) {
      for (target, via) in uses {
        dependents[target, default: []].append(
          Dependent(id: layer.component.id, layer: layer, via: Array(Set(via)).sorted())
        )
      }
    }
    func isOutside(_ id: ComponentID) -> Bool { !all.contains(id) && !silent.contains(id) }
    for (id, stack) in state.stacks where isOutside(id) {
      note(uses(stack.references(kinds)), by: stack.top)
    }
    for (id, draft) in state.drafts where isOutside(id) {
      // One type for each pair: what is published, too, has been told (DP-104).
      let told = uses(state.stacks[id]?.references(kinds) ?? [])
      note(uses(state.draftReferences(of: id, kinds)).filter { told[$0.key] == nil }, by: draft)
    }
    return dependents.map { Blocked(id: $0.key, dependents: $0.value.sorted { $0.id < $1.id }) }
      .sorted { $0.id < $1.id }
  }

  /// Dependents before what they require, parts before wholes; cycles in order of identity.
  func deletionOrder(in state: InstalledState, kinds: ComponentKinds) -> [ComponentID] {
    var order: [ComponentID] = []
    var visited: Set<ComponentID> = []
    var dependents: [ComponentID: [ComponentID]] = [:]
    for id in all.sorted() {
      guard let stack = state.standing(id) else { continue }
      for reference in stack.references(kinds) where all.contains(reference.target) {
        dependents[reference.target, default: []].append(id)
      }
      if let parent = stack.top.component.parent, all.contains(parent) {
        dependents[parent, default: []].append(id)
      }
    }
    for start in all.sorted() {
      // Depth first with a stack of its own: a hostile package may nest as deep as it likes.
      var path: [(id: ComponentID, next: Int)] = visited.insert(start).inserted ? [(start, 0)] : []
      while let top = path.last {
        let list = dependents[top.id] ?? []
        if top.next < list.count {
          path[path.count - 1].next += 1
          if visited.insert(list[top.next]).inserted { path.append((list[top.next], 0)) }
        } else {
          order.append(top.id)
          path.removeLast()
        }
      }
    }
    return order
  }
}

extension LayerStack {
  /// What the component needs, by its definition in effect (DP-201, DP-202).
  package func references(_ kinds: ComponentKinds) -> [Reference] {
    let kind = kinds[top.component.id.type]
    let definition = effective(kind.merge)
    let component = definition == top.definition ? top.component : top.component.with(definition)
    return kind.references(component)
  }
}
