/// The part of a state that planning reads: planning on it equals planning on the whole (design §3.8).
///
/// The rows of solutions are few and always belong to it; of components, memberships and settings only these.
package struct Footprint: Equatable, Sendable {
  package private(set) var components: Set<ComponentID>
  /// Solutions whose memberships are read whole; of the others only those among `components`.
  package private(set) var solutions: Set<SolutionName>

  /// - Parameters:
  ///   - packages: what is to be imported.
  ///   - names: installed solutions that are to be changed without a package.
  ///   - ids: components that are to be changed by hand.
  ///   - named: what those are to name.
  ///   - rows: the solutions of the state; their members are not looked at.
  package init<Index: FootprintIndex>(
    of packages: [SolutionPackage],
    and names: [SolutionName] = [],
    changing ids: Set<ComponentID> = [],
    among named: Set<ComponentID> = [],
    on rows: [InstalledSolution],
    index: Index,
    kinds: ComponentKinds
  ) throws {
    components = []
    solutions = []
    var kept: Set<ComponentID> = []
    for package in packages {
      kept.formUnion(package.members)
      for need in package.manifest.missingDependencies {
        guard let id = need.required.id else { continue }
        components.insert(id)
        if case .table = id.type { components.formUnion(try index.nested(id)) }
      }
      for component in package.components {
        components.formUnion(kinds[component.id.type].references(component).map(\.target))
        guard let parent = component.parent else { continue }
        components.insert(parent)
        if component.id == .attribute(parent.key, "statuscode") {
          // Which status reasons a state falls back to stands there.
          components.insert(.attribute(parent.key, "statecode"))
        }
      }
    }
    components.formUnion(kept)
    // A column that is bound to another choice now: the options that it had.
    let bound = packages.flatMap(\.components).filter {
      kinds[$0.id.type].physical == .column
        && ($0.definition.globalChoice != nil || Choices.list(of: $0.definition) != nil)
    }
    let former = try index.required(by: Set(bound.map(\.id)))
    components.formUnion(former.filter { $0.type == ComponentKind.optionSet.type })

    let touched = Set(
      names
        + packages.flatMap { [$0.name, $0.manifest.patchOf, $0.name.patchParent] }
        .compactMap { $0 }
    )
    let families = Set(
      rows.filter { touched.contains($0.name) || touched.contains($0.family) }.map(\.family)
    )
    solutions = Set(rows.filter { families.contains($0.family) }.map(\.name)).union(touched)
    var mayGo = try index.members(of: solutions)
    components.formUnion(mayGo)
    if names.isEmpty {
      mayGo =
        packages.count == 1
        ? mayGo.subtracting(kept) : try Self.dropped(by: packages, on: rows, index: index)
    }
    components.formUnion(ids.union(named))
    mayGo.formUnion(ids)
    // What comes up under a layer that goes may name anything.
    components.formUnion(try index.required(by: mayGo))

    // What may go takes its parts along, and is kept by what needs it.
    var wave = mayGo
    while !wave.isEmpty {
      wave = try index.parts(of: wave).subtracting(mayGo)
      mayGo.formUnion(wave)
    }
    components.formUnion(mayGo)
    components.formUnion(try index.dependents(of: mayGo))
    components.formUnion(try Self.leaders(to: mayGo, index))
    // Which form a table falls back to depends on all its forms.
    let deciding = components.filter { kinds[$0.type].hasFallback }
    let given = packages.flatMap(\.components).filter { kinds[$0.id.type].hasFallback }
    let wholes = try index.parents(of: deciding).union(given.compactMap(\.parent))
    components.formUnion(try index.parts(of: wholes).filter { kinds[$0.type].hasFallback })
    // Names of the tables around, for people.
    wave = components
    while !wave.isEmpty {
      wave = try index.parents(of: wave).subtracting(components)
      components.formUnion(wave)
    }
  }

  /// What names a column on a path means it where something leads to its table.
  private static func leaders(
    to columns: Set<ComponentID>,
    _ index: some FootprintIndex
  ) throws -> Set<ComponentID> {
    let naming = try index.namers(of: Set(columns.compactMap(\.columnName)))
    let named = try index.required(by: naming)
    let relationships = try index.namers(of: named.filter { $0.type == .attribute })
    return named.union(relationships.filter { $0.type == .entityRelationship })
  }

  /// What each package of a set lets go of, also where another one brings it: it goes before that one comes.
  private static func dropped<Index: FootprintIndex>(
    by packages: [SolutionPackage],
    on rows: [InstalledSolution],
    index: Index
  ) throws -> Set<ComponentID> {
    try packages.reduce(into: []) { dropped, package in
      let base = package.manifest.patchOf ?? package.name.patchParent ?? package.name
      let family = rows.first { $0.name == base }?.family ?? base
      let names = Set(rows.filter { $0.family == family }.map(\.name))
      dropped.formUnion(try index.members(of: names).subtracting(package.members))
    }
  }
}

/// Answers about a state without walking it; a store answers from its tables.
package protocol FootprintIndex {
  func members(of solutions: Set<SolutionName>) throws -> Set<ComponentID>
  /// Components that say of one of these that they are part of it.
  func parts(of ids: Set<ComponentID>) throws -> Set<ComponentID>
  /// By any layer: which one will be topmost is for the plan to say.
  func dependents(of ids: Set<ComponentID>) throws -> Set<ComponentID>
  /// Components that use exactly these names, in any layer.
  func namers(of names: Set<ComponentID>) throws -> Set<ComponentID>
  /// What these name, by any layer.
  func required(by ids: Set<ComponentID>) throws -> Set<ComponentID>
  func parents(of ids: Set<ComponentID>) throws -> Set<ComponentID>
  /// Rows under another component that end with this key.
  func nested(_ id: ComponentID) throws -> Set<ComponentID>
}

/// The answers of a state in memory.
package struct StateIndex: FootprintIndex {
  private let state: InstalledState
  private let kinds: ComponentKinds
  private let parts: [ComponentID: [ComponentID]]
  /// What names a component, or anything by that name, in any layer.
  private let namers: [ComponentID: Set<ComponentID>]

  package init(_ state: InstalledState, kinds: ComponentKinds) {
    self.state = state
    self.kinds = kinds
    parts = state.parts()
    namers = state.standingComponents.reduce(into: [:]) { namers, id in
      for layer in state.layers(of: id) {
        for reference in kinds[id.type].references(layer.component) {
          namers[reference.target, default: []].insert(id)
        }
      }
    }
  }

  package func members(of solutions: Set<SolutionName>) -> Set<ComponentID> {
    solutions.reduce(into: []) { $0.formUnion(state.solutions[$1]?.members ?? []) }
  }

  package func parts(of ids: Set<ComponentID>) -> Set<ComponentID> {
    ids.reduce(into: []) { $0.formUnion(parts[$1] ?? []) }
  }

  package func dependents(of ids: Set<ComponentID>) -> Set<ComponentID> {
    var found = parts(of: ids)
    for id in ids {
      let alias = state.standing(id).flatMap { kinds[id.type].alias($0.top.component) }
      for name in [id] + id.nicknames + (alias.map { [ComponentID(id.type, $0)] } ?? []) {
        found.formUnion(namers[name] ?? [])
      }
    }
    return found
  }

  package func namers(of names: Set<ComponentID>) -> Set<ComponentID> {
    names.reduce(into: []) { $0.formUnion(namers[$1] ?? []) }
  }

  package func required(by ids: Set<ComponentID>) -> Set<ComponentID> {
    ids.reduce(into: []) { found, id in
      for layer in state.layers(of: id) {
        found.formUnion(kinds[id.type].references(layer.component).map(\.target))
      }
    }
  }

  package func parents(of ids: Set<ComponentID>) -> Set<ComponentID> {
    Set(ids.compactMap { state.standing($0)?.top.component.parent })
  }

  package func nested(_ id: ComponentID) -> Set<ComponentID> {
    Set(state.stacks.keys.filter { $0.type == id.type && $0.key.hasSuffix(".\(id.key)") })
  }
}

extension InstalledState {
  /// The same state with only what belongs to a footprint.
  package func restricted(to footprint: Footprint) -> InstalledState {
    var slice = self
    slice.stacks = stacks.filter { footprint.components.contains($0.key) }
    slice.drafts = drafts.filter { footprint.components.contains($0.key) }
    slice.settings = settings.filter { footprint.components.contains($0.key) }
    slice.solutions = solutions.mapValues { solution in
      footprint.solutions.contains(solution.name)
        ? solution : solution.with(members: solution.members.intersection(footprint.components))
    }
    return slice
  }
}
