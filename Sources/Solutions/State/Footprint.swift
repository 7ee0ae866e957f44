/// The part of a state that planning an import reads: planning on it equals planning on the whole (design §3.8).
///
/// Solutions are few and always belong to it; of the components only these.
package struct Footprint: Equatable, Sendable {
  package let components: Set<ComponentID>

  /// - Parameters:
  ///   - packages: what is to be imported.
  ///   - index: finds parts and dependents; a store answers from its tables.
  package init(
    of packages: [SolutionPackage],
    on state: InstalledState,
    index: FootprintIndex,
    kinds: ComponentKinds
  ) {
    var components: Set<ComponentID> = []
    var mayGo: Set<ComponentID> = []
    for package in packages {
      let members = package.members
      components.formUnion(members)
      components.formUnion(package.manifest.missingDependencies.compactMap(\.required.id))
      for component in package.components {
        components.formUnion(kinds[component.id.type].references(component).map(\.target))
      }
      let names = [package.name, package.manifest.patchOf].compactMap { $0 }
      for name in names {
        let rows = [state.solutions[name], state.holding(of: name)].compactMap { $0 }
        for row in rows + state.patches(of: name) {
          components.formUnion(row.members)
          mayGo.formUnion(row.members.subtracting(members))
        }
      }
    }
    // What may go takes its parts along, and is kept by what needs it.
    var queue = Array(mayGo)
    while let id = queue.popLast() {
      for part in index.parts(of: id) where mayGo.insert(part).inserted { queue.append(part) }
    }
    components.formUnion(mayGo)
    for id in mayGo { components.formUnion(index.dependents(of: id)) }
    // Names of the tables around, for people.
    for id in components { components.formUnion(index.parents(of: id)) }
    self.components = components
  }
}

/// Answers about a state without walking it.
package struct FootprintIndex: Sendable {
  private let parts: [ComponentID: [ComponentID]]
  private let graph: DependencyGraph
  private let stacks: [ComponentID: LayerStack]

  package init(_ state: InstalledState, kinds: ComponentKinds) {
    parts = state.parts()
    graph = DependencyGraph(state, kinds: kinds)
    stacks = state.stacks
  }

  func parts(of id: ComponentID) -> [ComponentID] { parts[id] ?? [] }

  /// By any layer: which one will be topmost is for the plan to say.
  func dependents(of id: ComponentID) -> [ComponentID] { graph.dependents(of: id).map(\.dependent) }

  func parents(of id: ComponentID) -> [ComponentID] {
    var found: [ComponentID] = []
    var at = id
    while let parent = stacks[at]?.top.component.parent, !found.contains(parent) {
      found.append(parent)
      at = parent
    }
    return found
  }
}

extension InstalledState {
  /// The same state with only the components of a footprint.
  package func restricted(to footprint: Footprint) -> InstalledState {
    var slice = self
    slice.stacks = stacks.filter { footprint.components.contains($0.key) }
    return slice
  }
}
