extension Planner {
  /// New base in place of base and patches; what is no longer in it goes (LC-406, single step).
  mutating func upgrade(_ package: SolutionPackage, over installed: InstalledSolution) {
    let manifest = package.manifest
    enter(package, manifest.version < installed.version ? .downgrade : .upgrade, from: installed)
    tellLower(manifest, than: installed)
    let patches = state.patches(of: installed.name)
    tellHigherPatches(patches, manifest)
    let old = patches.reduce(installed.members) { $0.union($1.members) }
    let kept = keptWithWhole(
      old.subtracting(package.members),
      of: (manifest.name, manifest.version)
    )
    let removed = old.subtracting(package.members).subtracting(kept)
    let solution = installed.with(
      version: manifest.version,
      displayName: manifest.displayName,
      members: package.members.union(kept)
    )
    perform(.putSolution(solution))
    let reason = Reason("changed by \(manifest.name) \(manifest.version)", rule: "LY-203")
    write(package, as: solution, reason: reason)
    // After rewriting, so that no component is ever without a layer.
    let stated = Set(package.components.filter { !$0.isReference && !$0.isUnmodified }.map(\.id))
    let patched = patches.reduce(Set<ComponentID>()) { $0.union($1.members) }
    for id in patched.subtracting(removed).sorted() {
      flatten(
        id,
        patches: patches.map(\.name),
        into: solution,
        isStated: stated.contains(id),
        Reason("the patches of \(solution.name) are rolled up", rule: "LC-406")
      )
    }
    let silent = silentMembers(of: package, solution: solution)
    drop(
      removed,
      of: Dropping(
        solution: solution.name,
        owners: Set([solution.name] + patches.map(\.name)),
        publisher: installed.publisher,
        operation: .upgrade(to: manifest.version),
        silent: silent,
        providers: manifest.providers
      )
    )
    tell(Checks.ofUpgrades, of: Upgraded(package: package, removed: removed))
    for patch in patches.reversed() { perform(.removeSolution(patch.name)) }
  }

  /// Members without content: what they say now is not known, so what they said before blocks nothing (PF-215).
  private mutating func silentMembers(
    of package: SolutionPackage,
    solution: InstalledSolution
  ) -> Set<ComponentID> {
    let defined = Set(package.components.map(\.id))
    let silent = package.members.subtracting(defined).filter {
      state.stacks[$0]?.top.solution == solution.name
    }
    if !silent.isEmpty {
      tell(
        ListedWithoutContent(solution: solution.name, components: silent.map { named($0) }.inOrder)
      )
    }
    return silent
  }

  /// LC-226: an upgrade is compared with the base only.
  mutating func tellHigherPatches(_ patches: [InstalledSolution], _ manifest: SolutionManifest) {
    for patch in patches where patch.version > manifest.version {
      tell(
        PatchHigher(patch: patch.name, patchVersion: patch.version, version: manifest.version),
        at: manifestLocation
      )
    }
  }

  /// The layers of a block become one: what the new base states or, where it only mentions the component, what was
  /// on top (LC-405, LC-406: both ways of upgrading end alike).
  mutating func flatten(
    _ id: ComponentID,
    patches: [SolutionName],
    holding: SolutionName? = nil,
    into solution: InstalledSolution,
    isStated: Bool,
    _ reason: Reason
  ) {
    let block = Set([solution.name] + patches + (holding.map { [$0] } ?? []))
    guard let stack = state.stacks[id] else { return }
    let own = stack.layers.filter { block.contains($0.solution) }
    guard let top = own.last, own.count > 1 || top.solution != solution.name else { return }
    let base = own.first { $0.solution == solution.name }
    let kept = isStated ? base ?? top : top
    // The new layer first, so that the component is never without one.
    if kept.solution != solution.name {
      perform(
        .putLayer(
          Layer(
            solution: solution.name,
            publisher: solution.publisher,
            rank: rank(of: solution, on: stack),
            component: kept.component
          )
        )
      )
    }
    for layer in own.reversed() where layer.solution != solution.name {
      perform(.removeLayer(id, layer.solution))
    }
    touch(id, solution.name, reason)
  }

  /// What goes with its table only stays, also when a new version leaves it out (LC-500).
  mutating func keptWithWhole(
    _ dropped: Set<ComponentID>,
    of manifest: (name: SolutionName, version: SolutionVersion)
  ) -> Set<ComponentID> {
    let kept = dropped.filter { id in
      guard let stack = state.stacks[id] else { return false }
      let isOwn =
        family(of: stack.base.solution) == manifest.name
        || stack.isSaid { family(of: $0.solution) == manifest.name }
      return isOwn && outlives(stack, dropped)
    }
    guard !kept.isEmpty else { return [] }
    tell(
      KeptWithTable(
        solution: manifest.name,
        version: manifest.version,
        components: kept.map { named($0) }.inOrder
      )
    )
    return kept
  }

  /// Whether the platform keeps a component while what it goes with stays: its table does, though it is dropped.
  func outlives(_ stack: LayerStack, _ dropped: Set<ComponentID>) -> Bool {
    let component = stack.top.component
    let wholes = kinds[component.id.type].wholes(component)
    return !wholes.isEmpty
      && wholes.allSatisfy { whole in
        !dropped.contains(whole)
          && (state.standing(whole) != nil || SystemBaseline.contains(whole))
      }
  }
}
