/// An order in which packages can come in one after the other, and the circles that forbid any.
///
/// A package comes after a lower version of itself and after the solution that it patches; after one package that brings
/// what it needs; after those that take over, or stop using, what it drops (LC-416). Otherwise the order given
/// stands. Costs about as much as reading all members and needs once.
struct PackageOrder {
  /// Positions in the order given.
  private(set) var positions: [Int] = []
  /// Positions of packages of which each needs the next, and the last the first.
  private(set) var circles: [[Int]] = []

  /// What a package waits for: one of some others.
  private struct Requirement {
    let package: Int
    let providers: [Int]
    let strength: Strength
    var isMet = false
  }

  private enum Strength: Comparable {
    /// What lies over a base that is elsewhere does not bring that base along, but it may be all there is.
    case layering
    /// What is dropped is taken over or given up first.
    case dropping
    /// Without it the package cannot come in.
    case needing
  }

  private var requirements: [Requirement] = []
  /// Requirements of each package, and those that it meets.
  private var own: [[Int]]
  private var met: [[Int]]

  init(_ packages: [SolutionPackage], on state: InstalledState, kinds: ComponentKinds) {
    own = Array(repeating: [], count: packages.count)
    met = own
    addVersions(packages)
    addNeeds(packages, state, kinds)
    addDrops(packages, state, kinds)
    sort()
  }

  private mutating func require(_ package: Int, _ providers: [Int], _ strength: Strength) {
    let providers = providers.filter { $0 != package }
    guard !providers.isEmpty else { return }
    own[package].append(requirements.count)
    for provider in providers { met[provider].append(requirements.count) }
    requirements.append(
      Requirement(package: package, providers: providers, strength: strength)
    )
  }
}

// MARK: What packages wait for

extension PackageOrder {
  private mutating func addVersions(_ packages: [SolutionPackage]) {
    let byName = Dictionary(grouping: packages.indices) { packages[$0].name }
    for (position, package) in packages.enumerated() {
      for other in byName[package.name] ?? []
      where packages[other].manifest.version < package.manifest.version {
        require(position, [other], .needing)
      }
      guard let parent = package.manifest.patchOf else { continue }
      for other in byName[parent] ?? [] {
        let base = packages[other].manifest.version
        if package.manifest.version.hasSameMajorMinor(as: base) {
          require(position, [other], .needing)
        } else {
          // The next base rolls the patch up.
          require(other, [position], .dropping)
        }
      }
    }
  }

  private mutating func addNeeds(
    _ packages: [SolutionPackage],
    _ state: InstalledState,
    _ kinds: ComponentKinds
  ) {
    var owners: [ComponentID: [Int]] = [:]
    var layering: [ComponentID: [Int]] = [:]
    for (position, package) in packages.enumerated() {
      let whose = Owners(of: package, kinds: kinds)
      for component in package.components where !component.isReference && !component.isUnmodified {
        if whose.ownership(of: component).isElsewhere {
          layering[component.id, default: []].append(position)
        } else {
          owners[component.id, default: []].append(position)
        }
      }
    }
    for (position, package) in packages.enumerated() {
      var asked: Set<[Int]> = []
      for need in package.manifest.missingDependencies {
        guard let id = need.required.id, state.stacks[id]?.isThere != true else { continue }
        let owning = owners[id] ?? []
        guard !owning.contains(position) else { continue }
        let all = owning + (layering[id] ?? [])
        let named = need.providerName.map { name in
          all.filter { packages[$0].name.text.lowercased() == name }
        }
        // First who is named, then who owns it, and only then who says something of it.
        let isOwned = !owning.isEmpty || named?.isEmpty == false
        let providers = named.flatMap { $0.isEmpty ? nil : $0 } ?? (isOwned ? owning : all)
        guard asked.insert(providers).inserted else { continue }
        require(position, providers, isOwned ? .needing : .layering)
      }
    }
  }

  private mutating func addDrops(
    _ packages: [SolutionPackage],
    _ state: InstalledState,
    _ kinds: ComponentKinds
  ) {
    let dropped = packages.map { package in
      (state.solutions[package.name]?.members ?? []).subtracting(package.members)
    }
    let wanted = dropped.reduce(into: Set<ComponentID>()) { $0.formUnion($1) }
    guard !wanted.isEmpty else { return }
    let had = packages.map { state.solutions[$0.name]?.members ?? [] }
    // Who takes over what is dropped, or may stop using it.
    var successors: [ComponentID: Set<Int>] = [:]
    for (position, package) in packages.enumerated() {
      for component in package.components
      where wanted.contains(component.id) && !component.isReference && !component.isUnmodified
        && !had[position].contains(component.id)
      {
        successors[component.id, default: []].insert(position)
      }
      for id in had[position] {
        for reference in state.stacks[id]?.references(kinds) ?? []
        where wanted.contains(reference.target) && reference.target != id {
          successors[reference.target, default: []].insert(position)
        }
        // Of those that drop the same, the upper ones go first.
        if dropped[position].contains(id) { successors[id, default: []].insert(position) }
      }
    }
    func isBelow(_ one: Int, _ other: Int) -> Bool {
      let ranks = [one, other].compactMap { state.solutions[packages[$0].name]?.rank }
      return ranks.count == 2 && ranks[0] < ranks[1]
    }
    for position in packages.indices {
      let earlier = dropped[position].reduce(into: Set<Int>()) { earlier, id in
        for other in successors[id] ?? []
        where packages[other].name != packages[position].name
          && !(dropped[other].contains(id) && isBelow(other, position))
        {
          earlier.insert(other)
        }
      }
      for other in earlier.sorted() { require(position, [other], .dropping) }
    }
  }
}

// MARK: Sorting

extension PackageOrder {
  private mutating func sort() {
    var open = own.map(\.count)
    var waiting = Set(own.indices)
    // Descending, so that the first is taken from the end.
    var ready = own.indices.filter { open[$0] == 0 }.reversed() as [Int]
    func release(_ requirement: Int, _ order: inout Self) {
      guard !order.requirements[requirement].isMet else { return }
      order.requirements[requirement].isMet = true
      let package = order.requirements[requirement].package
      open[package] -= 1
      guard open[package] == 0, waiting.contains(package) else { return }
      ready.insert(package, at: ready.firstIndex { $0 < package } ?? ready.endIndex)
    }
    while !waiting.isEmpty {
      guard let next = ready.popLast() else {
        release(way(outOf: waiting), &self)
        continue
      }
      waiting.remove(next)
      positions.append(next)
      for requirement in met[next] { release(requirement, &self) }
    }
  }

  /// Where all that wait for others wait in circles: the requirement that gives way.
  private mutating func way(outOf waiting: Set<Int>) -> Int {
    let sorted = waiting.sorted()
    let free = sorted.first { package in
      !own[package].contains { !requirements[$0].isMet && requirements[$0].strength == .needing }
    }
    guard let free else {
      let circle = circle(from: sorted[0]) { $0.strength == .needing }
      circles.append(circle.map { requirements[$0].package })
      return earliest(circle)
    }
    let circle = circle(from: free) { _ in true }
    let weakest = circle.map { requirements[$0].strength }.min() ?? .needing
    guard weakest == .needing else {
      return earliest(circle.filter { requirements[$0].strength == weakest })
    }
    return own[free].first { !requirements[$0].isMet } ?? circle[0]
  }

  /// Of the package that was given first.
  private func earliest(_ circle: [Int]) -> Int {
    circle.min { requirements[$0].package < requirements[$1].package } ?? circle[0]
  }

  /// Requirements of which each leads to the package of the next, and the last to that of the first.
  private func circle(from start: Int, among isMeant: (Requirement) -> Bool) -> [Int] {
    var path: [Int] = []
    var seen: [Int: Int] = [:]
    var package = start
    while seen[package] == nil {
      seen[package] = path.count
      guard
        let next = own[package].first(where: {
          !requirements[$0].isMet && isMeant(requirements[$0])
        })
      else { preconditionFailure("what waits has something to wait for") }
      path.append(next)
      package = requirements[next].providers[0]
    }
    return Array(path[(seen[package] ?? 0)...])
  }
}
