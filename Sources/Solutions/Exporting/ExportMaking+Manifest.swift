internal import XML

extension ExportMaking {
  func rootsInOrder(of members: Set<ComponentID>) -> [Export.Root] {
    var found: [ComponentID: Export.Root] = [:]
    for root in own.flatMap(\.manifest.roots)
    where members.contains(root.id) && found[root.id] == nil {
      // What is saved and not published is not exported.
      if state.stacks[root.id] == nil, state.drafts[root.id] != nil { continue }
      guard let element = root.element else { continue }
      found[root.id] =
        behaviors[root.id].flatMap { $0 == root.behavior ? nil : root.made($0) } ?? .read(element)
    }
    for entry in entries where found[entry.component.id] == nil {
      let component = entry.component
      let kind = kinds[component.id.type]
      // What its packages hold without a root has none.
      let isNew = entry.sourceNumber.map { $0 >= own.count } ?? true
      guard kind.isRooted(component), isNew, component.id.type.number != nil,
        members.contains(component.id) || component.isReference
      else { continue }
      // Whatever is no table comes whole (PF-211).
      let isPart =
        kind.physical == .table
        && (solution.parent != nil || state.stacks[component.id]?.isManaged == true)
      let behavior: RootComponent.Behavior =
        component.isReference
        ? .shell : isPart ? .doNotIncludeSubcomponents : .includeSubcomponents
      found[component.id] = .made(
        kind.type,
        kind.root(of: component),
        behaviors[component.id] ?? behavior
      )
    }
    return found.values.sorted { $0.order < $1.order }
  }

  /// Entries of its packages that still hold, and what its components name and this environment has (DP-301).
  mutating func listNeeds(besides members: Set<ComponentID>) {
    var listed: Set<ComponentID> = []
    let held = own.first?.members ?? []
    for need in own.first?.manifest.missingDependencies ?? [] {
      // What depended on it may have left; what was needed may have become the solution's own (not so PF-226).
      let hasLeft =
        need.dependent.id.map { held.contains($0) && !members.contains($0) } ?? false
      let isOwn =
        need.required.id.map { members.contains($0) && !held.contains($0) } ?? false
      guard !hasLeft, !isOwn, let element = need.element else { continue }
      if let id = need.required.id { listed.insert(id) }
      needs.append(.read(element))
    }
    var told: [ExportNeeds.Need] = []
    let named = entries.map { entry -> [ComponentID] in
      let component = entry.component
      guard !component.isReference, !component.isUnmodified else { return [] }
      return kinds[component.id.type].references(component).filter {
        $0.isCertain && $0.type != .untracked
      }.map(\.target)
    }
    let others = others(among: Set(named.joined()).subtracting(members))
    func add(_ target: ComponentID, for component: Component, from provider: String) {
      needs.append(
        .made(
          ExportNeed(
            required: target,
            dependent: component.id,
            requiredComponent: state.stacks[target]?.top.component,
            dependentComponent: component,
            provider: provider
          )
        )
      )
    }
    for (entry, targets) in zip(entries, named) {
      let component = entry.component
      // What another solution owns needs itself (PF-226): that goes without saying.
      if let owner = owner(of: component.id), listed.insert(component.id).inserted {
        add(component.id, for: component, from: owner)
      }
      if isShellOfUnmanaged(component.id), listed.insert(component.id).inserted {
        add(component.id, for: component, from: Self.unmanaged)
        told.append(.init(component: self.named(component.id), provider: Self.unmanaged))
      }
      for target in Set(targets.map { others[$0] ?? $0 }).sorted() {
        guard !members.contains(target), listed.insert(target).inserted,
          let provider = provider(of: target)
        else { continue }
        add(target, for: component, from: provider)
        // Where a patch goes, what it patches is there.
        if state.parent(of: solution)?.members.contains(target) == true { continue }
        told.append(ExportNeeds.Need(component: self.named(target), provider: provider))
      }
    }
    if !told.isEmpty { tell(ExportNeeds(solution: solution.name, needs: told)) }
  }

  /// Components by their ids, where some of these are ids of what has a name of its own.
  ///
  /// Only kinds that are named so are looked at, since the id stands within a definition.
  private func others(among names: Set<ComponentID>) -> [ComponentID: ComponentID] {
    let unknown = names.filter { GUID($0.key) != nil && state.stacks[$0] == nil }
    let types = Set(unknown.map(\.type))
    guard !types.isEmpty else { return [:] }
    var others: [ComponentID: ComponentID] = [:]
    for id in state.stacks.keys.filter({ types.contains($0.type) }).sorted() {
      guard let stack = state.stacks[id], stack.isKnown,
        let other = kinds[id.type].alias(stack.top.component), unknown.contains(other)
      else { continue }
      others[other] = others[other] ?? id
    }
    return others
  }

  /// Which other solution a component is based on; nil where the platform has it, or it is unmanaged.
  private func owner(of id: ComponentID) -> String? {
    guard let stack = state.stacks[id], let base = stack.layers.first(where: { !$0.isAssumed }),
      base.rank.isManaged
    else { return nil }
    return provider(of: id)
  }

  /// Who has a component here; nil where the platform has it, or nobody is known to.
  private func provider(of id: ComponentID) -> String? {
    guard let stack = state.stacks[id], let base = stack.layers.first(where: { !$0.isAssumed })
    else { return nil }
    if base.rank.isManaged { return state.solutions[base.solution]?.asProvider }
    guard base.rank == .active, !stack.isManaged else { return nil }
    let parent = state.parent(of: solution)
    return parent?.members.contains(id) == true ? parent?.asProvider : Self.unmanaged
  }

  /// A shell makes no table: whoever takes it has to have that.
  private func isShellOfUnmanaged(_ id: ComponentID) -> Bool {
    behaviors[id] == .shell && provider(of: id) == Self.unmanaged
  }

  /// What is nobody's but of the one unmanaged layer (DP-303).
  private static let unmanaged = "Active"
}

extension InstalledState {
  /// What a patch is a patch of.
  fileprivate func parent(of solution: InstalledSolution) -> InstalledSolution? {
    solution.parent.flatMap { solutions[$0] }
  }
}

extension InstalledSolution {
  /// As packages name who brings what they need (DP-301).
  fileprivate var asProvider: String { "\(name) (\(version))" }
}

extension RootComponent {
  /// The entry with another behavior; nil where none was read.
  fileprivate func made(_ behavior: Behavior) -> Export.Root? {
    guard let element, let type = element.attribute("type").flatMap({ Int($0) }) else { return nil }
    let root = ComponentKind.Root(
      schemaName: element.attribute("schemaName"),
      id: element.attribute("id").flatMap { GUID($0) },
      parentSchemaName: nil
    )
    return .made(.number(type), root, behavior)
  }
}

extension Export.Root {
  /// By type, then name or id.
  fileprivate var order: (Int, String) {
    switch self {
    case .read(let element):
      let name = element.attribute("schemaName") ?? element.attribute("id") ?? ""
      return (element.attribute("type").flatMap { Int($0) } ?? .max, name.lowercased())
    case .made(let type, let root, _):
      let name = root.schemaName ?? root.id.map { "{\($0)}" } ?? ""
      return (type.number ?? .max, name.lowercased())
    }
  }
}
