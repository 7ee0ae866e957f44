/// Everything that goes when some components go, what stands in the way, and in which order it can go
/// (DP-420, DP-430).
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
    /// Whether an environment told so, and no package.
    var isTold = false
  }

  let all: Set<ComponentID>
  /// Members of `all` that came in as parts.
  let parts: Set<ComponentID>
  /// What each of them came in with.
  let wholes: [ComponentID: ComponentID]

  init(of doomed: Set<ComponentID>, in state: InstalledState) {
    let partsOf = state.parts()
    var all = doomed
    var wholes: [ComponentID: ComponentID] = [:]
    var queue = doomed.sorted()
    while let id = queue.popLast() {
      for part in partsOf[id] ?? [] where all.insert(part).inserted {
        wholes[part] = id
        queue.append(part)
      }
    }
    self.all = all
    self.wholes = wholes
    parts = all.subtracting(doomed)
  }

  /// What components outside say of those inside, by what is in effect.
  struct Uses {
    /// What cannot go; all of it.
    var blocked: [Blocked] = []
    /// What the platform does not track (DP-501): it goes, and is missed.
    var untracked: [Blocked] = []
    /// Components of which nobody knows what they name.
    var unread: [(layer: Layer, source: UnreadSource)] = []
    /// What may still be used by something of which not all is known.
    var possible: [ComponentID: [ComponentID]] = [:]
  }

  /// - Parameters:
  ///   - silent: what blocks nothing, whatever it names.
  ///   - before: the state of which an environment told; nil where nothing has changed since.
  func uses(
    in state: InstalledState,
    kinds: ComponentKinds,
    except silent: Set<ComponentID> = [],
    since before: InstalledState? = nil
  ) -> Uses {
    let naming = Naming(of: all, in: state, kinds: kinds)
    var blocked: [ComponentID: [Dependent]] = [:]
    var untracked: [ComponentID: [Dependent]] = [:]
    var unread: [(Layer, UnreadSource)] = []
    func named(_ names: References, _ type: DependencyType) -> [ComponentID: [String]] {
      names.found.reduce(into: [:]) { uses, reference in
        guard reference.type == type else { return }
        for target in naming[reference.target] { uses[target, default: []].append(reference.via) }
      }
    }
    func dependent(_ layer: Layer, _ via: [String]) -> Dependent {
      Dependent(id: layer.component.id, layer: layer, via: Array(Set(via)).sorted())
    }
    // One type for each pair (DP-104): what is tracked, or was published, has been told.
    func note(_ names: References, by layer: Layer, told: Set<ComponentID> = []) {
      let tracked = named(names, .published)
      for (target, via) in tracked where !told.contains(target) {
        blocked[target, default: []].append(dependent(layer, via))
      }
      for (target, via) in named(names, .untracked)
      where tracked[target] == nil && !told.contains(target) {
        untracked[target, default: []].append(dependent(layer, via))
      }
      unread += names.unread.map { (layer, $0) }
    }
    func isOutside(_ id: ComponentID) -> Bool { !all.contains(id) && !silent.contains(id) }
    for (id, stack) in state.stacks where isOutside(id) {
      note(stack.names(kinds), by: stack.top)
    }
    for (id, draft) in state.drafts where isOutside(id) {
      let published = state.stacks[id].map { named($0.names(kinds), .published) } ?? [:]
      note(state.draftNames(of: id, kinds), by: draft, told: Set(published.keys))
    }
    let told = toldUses(in: state, since: before ?? state, kinds: kinds)
    for (target, users) in told.certain {
      let known = Set((blocked[target] ?? []).map(\.id))
      let others = users.filter { !known.contains($0.id) && isOutside($0.id) }
      if !others.isEmpty { blocked[target, default: []] += others }
    }
    return Uses(
      blocked: Self.sorted(blocked),
      untracked: Self.sorted(untracked),
      unread: unread.sorted { ($0.0.component.id, $0.1) < ($1.0.component.id, $1.1) },
      possible: told.possible
    )
  }

  private static func sorted(_ dependents: [ComponentID: [Dependent]]) -> [Blocked] {
    dependents.map { Blocked(id: $0.key, dependents: $0.value.sorted { $0.id < $1.id }) }
      .sorted { $0.id < $1.id }
  }

  /// Dependents before what they require, parts before wholes; cycles in order of identity.
  func deletionOrder(in state: InstalledState, kinds: ComponentKinds) -> [ComponentID] {
    var order: [ComponentID] = []
    var visited: Set<ComponentID> = []
    var dependents: [ComponentID: [ComponentID]] = [:]
    let naming = Naming(of: all, in: state, kinds: kinds)
    for id in all.sorted() {
      guard let stack = state.standing(id) else { continue }
      for reference in stack.references(kinds) {
        for target in naming[reference.target] { dependents[target, default: []].append(id) }
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
  package func references(_ kinds: ComponentKinds) -> [Reference] { names(kinds).found }

  /// The same, and what cannot be read of it.
  func names(_ kinds: ComponentKinds) -> References {
    let kind = kinds[top.component.id.type]
    let definition = effective(kind.merge).definition
    let component = definition == top.definition ? top.component : top.component.with(definition)
    return kind.names(component)
  }
}
