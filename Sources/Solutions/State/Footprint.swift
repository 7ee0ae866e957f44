/// The part of a state that planning reads: planning on it equals planning on the whole.
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
  ///   - targets: what those are to name.
  ///   - rows: the solutions of the state; their members are not looked at.
  /// - Throws: what the index throws.
  package init<Index: FootprintIndex>(
    of packages: [SolutionPackage],
    and names: [SolutionName] = [],
    changing ids: Set<ComponentID> = [],
    among targets: Set<ComponentID> = [],
    on rows: [InstalledSolution],
    index: Index,
    kinds: ComponentKinds
  ) throws {
    components = []
    solutions = Self.solutions(packages, names, on: rows)
    let kept = packages.reduce(into: Set<ComponentID>()) { $0.formUnion($1.members) }
    try takeStated(by: packages, index, kinds)
    var mayGo = try index.members(of: solutions)
    components.formUnion(mayGo.union(kept))
    if names.isEmpty {
      mayGo =
        packages.count == 1
        ? mayGo.subtracting(kept) : try Self.dropped(by: packages, on: rows, index: index)
    }
    components.formUnion(ids.union(targets))
    mayGo.formUnion(ids)
    // What comes up under a layer that goes may name anything.
    let named = try index.required(by: mayGo)
    components.formUnion(named)
    components.formUnion(named.flatMap(\.tablesInName))
    // Steps name the version of an assembly that they run on.
    let types = packages.flatMap(\.components).map(\.id) + mayGo
    components.formUnion(try index.dependents(of: Set(types.filter { $0.type == .pluginType })))

    // What may go takes its parts along, and is kept by what needs it.
    var wave = mayGo
    while !wave.isEmpty {
      wave = try index.parts(of: wave).subtracting(mayGo)
      mayGo.formUnion(wave)
    }
    components.formUnion(mayGo)
    components.formUnion(try index.dependents(of: mayGo))
    components.formUnion(try Self.leaders(to: mayGo, index))
    try takeSiblings(packages, index, kinds)
    // Names of the tables around, for people.
    try take(components, index.parents)
  }

  /// What an export of a solution looks at: its members and those of its family, their parts, what all of these name,
  /// and the wholes that they are parts of.
  ///
  /// - Parameter rows: the solutions of the state; their members are not looked at.
  /// - Throws: what the index throws.
  package init<Index: FootprintIndex>(
    exporting name: SolutionName,
    on rows: [InstalledSolution],
    index: Index
  ) throws {
    solutions = Self.solutions([], [name], on: rows)
    components = try index.members(of: solutions)
    try take(components, index.parts)
    components.formUnion(try index.required(by: components))
    try take(components, index.parents)
  }

  /// What a live environment says uses the components: whether it still does follows from what it says now.
  ///
  /// - Throws: what the index throws.
  package mutating func take(
    usersToldBy facts: FactsIndex,
    _ index: some FootprintIndex
  ) throws {
    let users = components.reduce(into: Set<ComponentID>()) { $0.formUnion(facts.users(of: $1)) }
    components.formUnion(users)
    components.formUnion(try index.required(by: users))
    try take(users, index.parents)
  }

  /// What leads on from components, again and again.
  private mutating func take(
    _ first: Set<ComponentID>,
    _ next: (Set<ComponentID>) throws -> Set<ComponentID>
  ) rethrows {
    var wave = first
    while !wave.isEmpty {
      wave = try next(wave).subtracting(components)
      components.formUnion(wave)
    }
  }

  /// Families of what is to be changed, whole.
  private static func solutions(
    _ packages: [SolutionPackage],
    _ names: [SolutionName],
    on rows: [InstalledSolution]
  ) -> Set<SolutionName> {
    let given = packages.flatMap { [$0.name, $0.manifest.patchOf, $0.name.patchParent] }
    let touched = Set(names + given.compactMap { $0 })
    let families = Set(
      rows.filter { touched.contains($0.name) || touched.contains($0.family) }.map(\.family)
    )
    return Set(rows.filter { families.contains($0.family) }.map(\.name)).union(touched)
  }

  /// What packages need, and what their components name and are parts of.
  private mutating func takeStated(
    by packages: [SolutionPackage],
    _ index: some FootprintIndex,
    _ kinds: ComponentKinds
  ) throws {
    for id in packages.flatMap(\.manifest.missingDependencies).compactMap(\.required.id) {
      components.insert(id)
      if case .table = id.type { components.formUnion(try index.nested(id)) }
    }
    for component in packages.flatMap(\.components) {
      components.formUnion(kinds[component.id.type].references(component).map(\.target))
      guard let parent = component.parent else { continue }
      components.insert(parent)
      if component.id == .attribute(parent.key, "statuscode") {
        // Which status reasons a state falls back to stands there.
        components.insert(.attribute(parent.key, "statecode"))
      }
    }
    // A column that is bound to another choice now: the options that it had.
    let bound = packages.flatMap(\.components).filter {
      kinds[$0.id.type].physical == .column
        && ($0.definition.globalChoice != nil || Choices.list(of: $0.definition) != nil)
    }
    let former = try index.required(by: Set(bound.map(\.id)))
    components.formUnion(former.filter { $0.type == .optionSet })
  }

  /// All of those of a whole that decide together which of them is there for everyone.
  private mutating func takeSiblings(
    _ packages: [SolutionPackage],
    _ index: some FootprintIndex,
    _ kinds: ComponentKinds
  ) throws {
    let deciding = components.filter { kinds[$0.type].hasFallback }
    let given = packages.flatMap(\.components).filter { kinds[$0.id.type].hasFallback }
    let wholes = try index.parents(of: deciding).union(given.compactMap(\.parent))
    components.formUnion(try index.parts(of: wholes).filter { kinds[$0.type].hasFallback })
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
