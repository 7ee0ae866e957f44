internal import XML

extension Planner {
  mutating func customize(_ customization: Customization, in name: SolutionName?) {
    var owner = Self.activeRow(newID(of: .active))
    if let name {
      guard let solution = unmanaged(name) else { return }
      owner = owner.with(publisher: solution.publisher)
    }
    switch customization {
    case .set(let id, let edits):
      if let stack = changeable(id) { edit(stack, .properties(edits), by: owner) }
    case .patch(let id, let bytes, let file):
      guard let stack = changeable(id) else { return }
      edit(stack, .difference(bytes), by: owner, at: Location(file: file, line: 0))
    case .remove(let id): remove([id], by: owner)
    case .reset(let ids): for id in ids.sorted() { reset(id, by: owner) }
    }
    keepFallbackForms()
    if let name { list(changed: Set(step.touched.keys), in: name) }
  }

  /// A solution with patches keeps its members (LC-410).
  mutating func tellLock(of solution: InstalledSolution) {
    let patches = state.patches(of: solution.name)
    guard !patches.isEmpty else { return }
    tell(
      LockedByPatches(
        solution: solution.name,
        patches: patches.map { "\($0.name) \($0.version)" }
      )
    )
  }

  /// Unmanaged work has no row of its own; this one stands for it where rules ask who changes something.
  static func activeRow(_ id: GUID) -> InstalledSolution {
    InstalledSolution(
      id: id,
      name: .active,
      displayName: SolutionName.active.text,
      version: .none,
      isManaged: false,
      publisher: .default,
      block: 0,
      members: []
    )
  }

  /// A solution that may list unmanaged work.
  mutating func unmanaged(_ name: SolutionName) -> InstalledSolution? {
    guard let solution = state.solutions[name] else {
      if name == .default { tell(EverythingListed()) } else { notInstalled(name) }
      return nil
    }
    guard !solution.isManaged else {
      tell(RestrictedSolution(solution: name))
      return nil
    }
    return solution
  }

  /// The stack of a component that unmanaged work may go on, with the draft that is there.
  mutating func changeable(_ id: ComponentID) -> LayerStack? {
    guard isOpenToUnmanaged() else { return nil }
    guard let stack = state.drafted(id) else {
      tell(NothingToCustomize(component: named(id)))
      return nil
    }
    guard stack.isKnown, !stack.hasOpaque || stack.isBaseKnown(kinds[id.type].merge) else {
      tell(UnknownDefinition(component: named(id)))
      return nil
    }
    return stack
  }

  /// E-6: whether the environment takes unmanaged work at all.
  @discardableResult
  mutating func isOpenToUnmanaged(solution: SolutionName = .active) -> Bool {
    guard state.blocksUnmanaged else { return true }
    tell(UnmanagedBlocked(solution: solution))
    return false
  }

  // MARK: Editing

  private mutating func edit(
    _ stack: LayerStack,
    _ edit: ActiveEdit,
    by owner: InstalledSolution,
    at location: Location = Location(file: "active layer", line: 0)
  ) {
    let component = stack.top.component
    let own = stack.layer(of: .active)
    do {
      let after = try stack.active(after: edit, kinds[component.id.type])
      guard after != own?.definition else {
        unchanged += 1
        return
      }
      write(
        component.with(after, at: location),
        over: stack,
        own: own,
        by: owner,
        Reason("customized", rule: .inferred("LY-305"))
      )
    } catch {
      tellRefusal(component.id, error, at: location)
    }
  }

  mutating func write(
    _ component: Component,
    over stack: LayerStack?,
    own: Layer?,
    by owner: InstalledSolution,
    _ reason: Reason,
    source: Statement.Source = .hand,
    isPublished: Bool = false
  ) {
    let kind = kinds[component.id.type]
    let statement = Statement(
      component,
      kind: kind,
      by: owner,
      source: source,
      over: stack,
      own: own,
      rank: .active
    )
    tell(Checks.ofStatements + kind.checks, of: statement)
    put(statement.layer, isPublished: source == .draft || isPublished || options.publishes)
    touch(component.id, .active, reason)
  }

  mutating func tellRefusal(_ id: ComponentID, _ error: EditError, at location: Location?) {
    guard case .notXML(let line, let problem) = error else {
      return tell(EditRefused(component: named(id), error: error))
    }
    tell(
      EditMalformed(component: named(id), problem: problem),
      at: line > 0 ? location.map { Location(file: $0.file, line: line) } : nil
    )
  }
}
