/// Who needs whom, by the definitions in effect (DP-201); made from a state when asked for.
package struct DependencyGraph: Sendable {
  package struct Edge: Hashable, Sendable {
    package let dependent: ComponentID
    package let required: ComponentID
    package let type: DependencyType
    package let via: [String]
  }

  private let required: [ComponentID: [Edge]]
  private let dependents: [ComponentID: [Edge]]

  package init(_ state: InstalledState, kinds: ComponentKinds) {
    var required: [ComponentID: [Edge]] = [:]
    var dependents: [ComponentID: [Edge]] = [:]
    let naming = Naming(of: state.standingComponents, in: state, kinds: kinds)
    // A name that is nobody's stays as it is, where it is certain to be one.
    func meant(by reference: Reference) -> [ComponentID] {
      let found = naming[reference.target]
      return found.isEmpty && reference.isCertain ? [reference.target] : found
    }
    func note(
      _ component: Component,
      _ references: [Reference],
      _ published: DependencyType,
      besides known: Set<ComponentID>
    ) {
      var via: [ComponentID: [String]] = [:]
      var types: [ComponentID: DependencyType] = [:]
      if let parent = component.parent, !known.contains(parent) {
        via[parent] = ["part of it"]
        types[parent] = .solutionInternal
      }
      for reference in references {
        let type = reference.type == .published ? published : reference.type
        for target in meant(by: reference) where !known.contains(target) {
          via[target, default: []].append(reference.via)
          // One type for each pair (DP-104): a part never blocks its whole.
          types[target] = min(types[target] ?? type, type)
        }
      }
      for (target, places) in via {
        let edge = Edge(
          dependent: component.id,
          required: target,
          type: types[target] ?? published,
          via: Array(Set(places)).sorted()
        )
        required[component.id, default: []].append(edge)
        dependents[target, default: []].append(edge)
      }
    }
    for (id, stack) in state.stacks {
      note(stack.top.component, stack.references(kinds), .published, besides: [id])
    }
    for (id, draft) in state.drafts {
      let published = (required[id] ?? []).map(\.required)
      let names = state.draftNames(of: id, kinds).found
      note(draft.component, names, .unpublished, besides: Set(published + [id]))
    }
    for edge in Self.told(in: state, besides: required) {
      required[edge.dependent, default: []].append(edge)
      dependents[edge.required, default: []].append(edge)
    }
    self.required = required.mapValues { $0.sorted { $0.required < $1.required } }
    self.dependents = dependents.mapValues { $0.sorted { $0.dependent < $1.dependent } }
  }

  /// What an environment told beside what definitions show.
  private static func told(
    in state: InstalledState,
    besides shown: [ComponentID: [Edge]]
  ) -> [Edge] {
    state.toldUses.compactMap { use in
      let isShown = shown[use.dependent]?.contains { $0.required == use.required } ?? false
      guard !isShown, use.dependent != use.required else { return nil }
      return Edge(
        dependent: use.dependent,
        required: use.required,
        type: .published,
        via: ["told by the environment"]
      )
    }
  }

  /// What the component needs.
  package func required(by id: ComponentID) -> [Edge] { required[id] ?? [] }

  /// What needs the component.
  package func dependents(of id: ComponentID) -> [Edge] { dependents[id] ?? [] }

  /// All of them, by who needs something.
  package var edges: [Edge] { required.sorted { $0.key < $1.key }.flatMap(\.value) }

  /// What components need that is not among them: neither what every environment has, nor what the platform makes with
  /// a table (DP-301).
  package static func needs(
    of members: Set<ComponentID>,
    in state: InstalledState,
    kinds: ComponentKinds
  ) -> [Edge] {
    let graph = DependencyGraph(state, kinds: kinds)
    return members.sorted().flatMap { graph.required(by: $0) }.filter { edge in
      guard edge.type != .untracked, !members.contains(edge.required),
        !SystemBaseline.contains(edge.required)
      else { return false }
      guard state.standing(edge.required) == nil, let whole = edge.required.tableAndColumn else {
        return true
      }
      return !members.contains(.entity(whole.table))
    }
  }

  /// What stands in the way of deleting the component and its parts (DP-430).
  package static func blocking(
    _ id: ComponentID,
    in state: InstalledState,
    kinds: ComponentKinds
  ) -> [Edge] {
    let uses = DeletionClosure(of: [id], in: state).uses(in: state, kinds: kinds)
    return uses.blocked.flatMap { blocked in
      blocked.dependents.map {
        Edge(
          dependent: $0.id,
          required: blocked.id,
          type: $0.layer.solution == .draft ? .unpublished : .published,
          via: $0.via
        )
      }
    }
  }
}

extension Plan {
  /// Who needs what the plan would delete, and so stands in its way (DP-430): parts that others have brought, too.
  package var blockers: [DependencyGraph.Edge] {
    findings.flatMap { finding -> [DependencyGraph.Edge] in
      switch finding.content {
      case let refusal as any DeletionRefusal:
        return refusal.blockage.uses.map { use in
          DependencyGraph.Edge(
            dependent: use.component.id,
            required: refusal.blockage.component.id,
            type: use.layer == .draft ? .unpublished : .published,
            via: use.via
          )
        }
      case let part as PartOfOthers:
        let edge = part.whole.map {
          DependencyGraph.Edge(
            dependent: part.part.id,
            required: $0.id,
            type: .solutionInternal,
            via: ["part of it"]
          )
        }
        return [edge].compactMap { $0 }
      default: return []
      }
    }
  }
}
