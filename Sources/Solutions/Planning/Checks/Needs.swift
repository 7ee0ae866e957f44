internal import XML

/// What a package needs, and whether it is there in the way that it is needed.
extension Checks {
  /// DP-304: what the package says it needs is in the package or in the target.
  static let needs = Check<SolutionPackage>("needs") { package, context in
    let missing = Needs(of: package, context).missing
    // What this plan takes away is not present, whatever is said of the target.
    let gone = missing.filter { $0.required.id.map(context.isTakenAway) ?? false }
    let told = context.options.assumesPresent ? gone : missing
    guard !told.isEmpty else { return [] }
    let content = MissingDependencies(
      solution: package.name,
      isStrict: context.options.isStrict || !gone.isEmpty,
      missing: Set(told.map(\.words)).sorted(),
      isTargetOfPackages: context.state.isOfPackages,
      areTakenAway: gone.count == told.count
    )
    return [Finding(content, at: package.manifest.missingDependencies.first?.at)]
  }

  /// DP-305: what a managed package needs has to be managed in the target.
  static let managedNeeds = Check<SolutionPackage>("managed needs") { package, context in
    guard package.manifest.isManaged else { return [] }
    return Needs(of: package, context).met.compactMap { id, need in
      guard context.state.standing(id)?.isManaged == false else { return nil }
      let content = NeedsUnmanaged(
        component: context.named(id),
        dependent: "\(need.dependent.kind) \(need.dependent.name)"
      )
      return Finding(content, at: need.at)
    }
  }

  /// Needs that an environment meets, by what it told.
  static let needsTold = Check<SolutionPackage>("needs that were told") { package, context in
    guard let facts = context.state.facts?.facts else { return [] }
    let needs = Needs(of: package, context)
    guard !needs.told.isEmpty || !needs.notKnown.isEmpty else { return [] }
    let content = NeedsTold(
      solution: package.name,
      present: needs.told.sorted(),
      notKnown: needs.notKnown.sorted(),
      at: facts.at
    )
    return [Finding(content)]
  }

  /// Every root resolves in the package or in the target; forms may stand without content (PF-215).
  ///
  /// What the package lists as a need is told as one. Real packages list reports without their files, so it is a warning
  /// unless asked for strictly.
  static let roots = Check<SolutionPackage>("roots") { package, context in
    let needed = package.needed
    // A table that the platform may have is taken to be present, and so is one that an environment may not have told.
    func isShell(_ component: Component) -> Bool {
      let id = component.id
      guard id.type == .entity, component.isReference || package.bringsInParts(id) else {
        return false
      }
      if context.isTakenAway(id) { return true }
      return context.isOfSomebody(id, package.manifest.publisher)
        && !context.options.assumesPresent && context.state.facts?.gap(id, context.kinds) == nil
    }
    return package.manifest.roots.compactMap { root in
      guard package.component(root.id).map(isShell) ?? true,
        context.state.standing(root.id) == nil,
        !needed.contains(root.id), !context.kinds[root.id.type].mayLackContent,
        !SystemBaseline.contains(root.id)
      else { return nil }
      let content = RootMissing(
        root: NamedComponent(root.id, context.kinds, name: root.name),
        lack: context.isTakenAway(root.id)
          ? .takenAway : package.component(root.id) == nil ? .root : .table,
        isStrict: context.options.isStrict
      )
      return Finding(content, at: root.at)
    }
  }

  /// DP-106: a managed component needs managed ones.
  static let unmanagedUses = Check<WrittenPackage>("unmanaged uses") { written, context in
    guard written.package.manifest.isManaged, written.mayMeetUnmanaged else { return [] }
    let state = context.state
    let unmanaged = state.standingComponents.filter { state.standing($0)?.isManaged == false }
    guard !unmanaged.isEmpty else { return [] }
    return written.package.components.flatMap { component -> [Finding] in
      guard !component.isReference, let stack = state.stacks[component.id], stack.isManaged else {
        return []
      }
      var uses: [ComponentID: [String]] = [:]
      for reference in stack.references(context.kinds)
      where reference.type == .published && unmanaged.contains(reference.target) {
        uses[reference.target, default: []].append(reference.via)
      }
      if let whole = component.parent, unmanaged.contains(whole) { uses[whole] = ["part of it"] }
      return uses.sorted { $0.key < $1.key }.map { target, via in
        let content = DependsOnUnmanaged(
          component: context.named(component.id),
          target: context.named(target),
          via: Set(via).sorted()
        )
        return Finding(content, at: component.location)
      }
    }
  }
}

extension SolutionPackage {
  /// What it says it needs, and neither it nor the target has: one for each entry (DP-304).
  package func missingNeeds(on state: InstalledState, kinds: ComponentKinds) -> [MissingDependency]
  {
    let context = PlanContext(
      state: state,
      before: state,
      stepStart: state,
      kinds: kinds,
      options: PlanOptions()
    )
    return Needs(of: self, context).missing
  }
}

/// What a package lists as needed: what is nowhere, and what is in the target.
private struct Needs {
  private(set) var missing: [MissingDependency] = []
  private(set) var met: [(id: ComponentID, need: MissingDependency)] = []
  /// In words, what an environment has and no package given.
  private(set) var told: [String] = []
  /// In words, what an environment may have: it has the solution, and did not list it.
  private(set) var notKnown: [String] = []

  init(of package: SolutionPackage, _ context: PlanContext) {
    // What lies over a base that is elsewhere does not bring that base along.
    let owners = Owners(of: package, kinds: context.kinds)
    let members = Set(
      package.components.filter { !owners.ownership(of: $0).isElsewhere }.map(\.id)
    )
    var seen: Set<String> = []
    for need in package.manifest.missingDependencies where !context.options.isAssumed(need) {
      if let id = need.required.id {
        if members.contains(id) || SystemBaseline.contains(id) { continue }
        if let found = context.find(id) {
          met.append((found, need))
          if context.isTold(found), seen.insert(need.words).inserted { told.append(need.words) }
          continue
        }
      }
      guard context.mayBeThere(need) else {
        missing.append(need)
        continue
      }
      if seen.insert(need.words).inserted { notKnown.append(need.words) }
    }
  }
}

extension PlanContext {
  /// A component of the target; rows under another component may be named without it.
  fileprivate func find(_ id: ComponentID) -> ComponentID? {
    if state.drafted(id)?.isThere == true { return id }
    guard case .table = id.type else { return nil }
    return state.stacks.keys.filter { $0.type == id.type && $0.key.hasSuffix(".\(id.key)") }.min()
  }
}

extension SolutionPackage {
  /// What it says is elsewhere; a part is with its table.
  fileprivate var needed: Set<ComponentID> {
    let ids = manifest.missingDependencies.compactMap(\.required.id)
    return Set(ids + ids.compactMap { id in id.tableAndColumn.map { .entity($0.table) } })
  }
}

extension PlanContext {
  /// Whether it was there, and is not after what this plan has done so far.
  fileprivate func isTakenAway(_ id: ComponentID) -> Bool {
    before.standing(id) != nil && state.isNowhere(id, kinds)
  }

  /// Whether the package's publisher, or one that is here, gives such names: the platform has nothing that is called so.
  fileprivate func isOfSomebody(_ id: ComponentID, _ publisher: Publisher) -> Bool {
    publisher.names(id) || isOfSomebodyHere(id)
  }

  /// Whether only an environment has told of the component.
  fileprivate func isTold(_ id: ComponentID) -> Bool {
    state.standing(id)?.layers.allSatisfy(\.isAssumed) ?? false
  }

  /// Whether an environment has the solution that is to bring what is needed, and did not say all that it lists.
  fileprivate func mayBeThere(_ need: MissingDependency) -> Bool {
    guard let facts = state.facts, let provider = need.provider else { return false }
    let words = provider.split(separator: " ")
    guard let name = words.first.flatMap({ SolutionName(String($0)) }),
      let solution = facts.solution(name)
    else { return false }
    let text = words.dropFirst().joined().filter { !"()".contains($0) }
    if let wanted = SolutionVersion(text), solution.version < wanted { return false }
    return !solution.isListed || need.required.id == nil || facts.hasUnnamed(name)
  }
}

extension SolutionPackage {
  /// Whether it lists chosen parts of a table, and not the column by which its rows are known: who makes the table has that.
  fileprivate func bringsInParts(_ table: ComponentID) -> Bool {
    manifest.behaviors[table] == .doNotIncludeSubcomponents
      && !components.contains { component in
        component.parent == table && component.id.type == .attribute
          && component.definition.element.text(of: "Type") == "primarykey"
      }
  }
}

extension MissingDependency {
  /// What is needed and from where, as the finding of what is missing names it.
  package var words: String {
    let provider =
      provider.map { " of \($0 == "Active" ? "the author's unmanaged layer" : $0)" } ?? ""
    return "\(required.words)\(provider)"
  }

  /// The application that brings it, as `Name (version)`; nil where the package names none.
  package var application: String? {
    element?.child("Required")?.text(of: "package").flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension MissingDependency.End {
  /// `Attribute “Region” (fab_region) of Account`.
  package var words: String {
    let place = parentName.map { " of \($0)" } ?? ""
    let name = displayName.map { "“\($0)” (\(self.name))" } ?? self.name
    return "\(kind) \(name)\(place)"
  }
}

extension LayerStack {
  /// More than a base that is taken for granted.
  var isKnown: Bool { layers.contains { !$0.isAssumed } }
}
