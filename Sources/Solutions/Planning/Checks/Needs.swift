internal import XML

extension Planner {
  /// DP-304: what the package says it needs is in the package or in the target.
  mutating func checkNeeds(_ package: SolutionPackage) {
    // What lies over a base that is elsewhere does not bring that base along.
    let owners = Owners(of: package, kinds: kinds)
    let members = Set(
      package.components.filter { !owners.ownership(of: $0).isElsewhere }.map(\.id)
    )
    var missing: [String] = []
    var seen: Set<String> = []
    for need in package.manifest.missingDependencies where !options.isAssumed(need) {
      if let id = need.required.id {
        if members.contains(id) || SystemBaseline.contains(id) { continue }
        if let found = find(need.required, id) {
          checkManaged(found, need: need, of: package)
          continue
        }
      }
      let provider =
        need.provider.map { " of \($0 == "Active" ? "the author's unmanaged layer" : $0)" } ?? ""
      let place = need.required.parentName.map { " of \($0)" } ?? ""
      let name =
        need.required.displayName.map { "“\($0)” (\(need.required.name))" } ?? need.required.name
      let line = "\(need.required.kind) \(name)\(place)\(provider)"
      if seen.insert(line).inserted { missing.append(line) }
    }
    checkRoots(package)
    guard !missing.isEmpty, !options.assumesPresent else { return }
    tell(
      MissingDependencies(
        solution: package.name,
        isStrict: options.isStrict,
        missing: missing.sorted(),
        isTargetOfPackages: state.isOfPackages
      ),
      at: package.manifest.missingDependencies.first?.at
    )
  }

  /// A component of the target; rows under another component may be named without it.
  private func find(_ end: MissingDependency.End, _ id: ComponentID) -> ComponentID? {
    if state.drafted(id)?.isKnown == true { return id }
    guard case .table = id.type else { return nil }
    return state.stacks.keys.filter { $0.type == id.type && $0.key.hasSuffix(".\(id.key)") }.min()
  }

  /// DP-305: what a managed package needs has to be managed in the target.
  private mutating func checkManaged(
    _ id: ComponentID,
    need: MissingDependency,
    of package: SolutionPackage
  ) {
    guard package.manifest.isManaged, state.standing(id)?.isManaged == false else { return }
    tell(
      NeedsUnmanaged(
        component: named(id),
        dependent: "\(need.dependent.kind) \(need.dependent.name)"
      ),
      at: need.at
    )
  }

  /// Every root resolves in the package or in the target; forms may stand without content (PF-215).
  ///
  /// What the package lists as a need is told as one. Real packages list reports without their files, so it is a warning
  /// unless asked for strictly.
  private mutating func checkRoots(_ package: SolutionPackage) {
    let needed = Set(package.manifest.missingDependencies.compactMap(\.required.id))
    for root in package.manifest.roots
    where package.component(root.id) == nil && state.standing(root.id) == nil
      && !needed.contains(root.id) && !kinds[root.id.type].mayLackContent
      && !SystemBaseline.contains(root.id)
    {
      tell(
        RootMissing(
          root: NamedComponent(root.id, kinds, name: root.name),
          isStrict: options.isStrict
        ),
        at: root.at
      )
    }
  }

  /// DP-106: a managed component needs managed ones.
  mutating func checkManagedOnUnmanaged(_ package: SolutionPackage) {
    guard package.manifest.isManaged, mayHoldUnmanaged() else { return }
    let unmanaged = state.standingComponents.filter { state.standing($0)?.isManaged == false }
    guard !unmanaged.isEmpty else { return }
    for component in package.components where !component.isReference {
      guard let stack = state.stacks[component.id], stack.isManaged else { continue }
      var uses: [ComponentID: [String]] = [:]
      for reference in stack.references(kinds)
      where reference.type == .published && unmanaged.contains(reference.target) {
        uses[reference.target, default: []].append(reference.via)
      }
      if let whole = component.parent, unmanaged.contains(whole) { uses[whole] = ["part of it"] }
      for (target, via) in uses.sorted(by: { $0.key < $1.key }) {
        tell(
          DependsOnUnmanaged(
            component: named(component.id),
            target: named(target),
            via: Set(via).sorted()
          ),
          at: component.location
        )
      }
    }
  }
}

extension LayerStack {
  /// More than a base that is taken for granted.
  var isKnown: Bool { layers.contains { !$0.isAssumed } }
}
