/// What a solution drops, and on whose behalf.
struct Dropping {
  enum Operation {
    case upgrade(to: SolutionVersion)
    case uninstall
    /// Of a pending upgrade: back to what stood before it was staged.
    case discard(of: SolutionName, SolutionVersion)
    /// Of unmanaged work, by hand.
    case removal
  }

  let solution: SolutionName
  /// The solution with its patches: rows whose layers go together.
  let owners: Set<SolutionName>
  let publisher: PublisherName
  let operation: Operation
  /// Components whose definition is not known any more; they block nothing.
  var silent: Set<ComponentID> = []
  /// Where the new version says that a component now comes from.
  var providers: [ComponentID: String] = [:]

  var reason: Reason {
    switch operation {
    case .upgrade(let version):
      Reason("no longer in \(solution) \(version)", rule: "lifecycle §4.6")
    case .uninstall: Reason("\(solution) is uninstalled", rule: "lifecycle §4.8")
    case .discard(let base, let version):
      Reason("the staged \(base) \(version) is discarded", rule: "lifecycle §4.14")
    case .removal: Reason("removed by hand", rule: "LY-1308")
    }
  }

  /// What becomes of a component, after its name.
  var clause: String {
    switch operation {
    case .upgrade(let version): "is no longer in \(solution) \(version)"
    case .uninstall: "goes with \(solution), which is uninstalled"
    case .discard(let base, let version): "goes with the staged \(base) \(version)"
    case .removal: "is removed by hand"
    }
  }

  /// The solution whose pending upgrade is given up.
  var discarded: SolutionName? {
    guard case .discard(let base, _) = operation else { return nil }
    return base
  }
}

extension Planner {
  /// Takes a solution's components away: deletes what is really deleted, dereferences the rest (lifecycle.md §4).
  mutating func drop(_ dropped: Set<ComponentID>, of dropping: Dropping) {
    var doomed: Set<ComponentID> = []
    var handedOver: [(ComponentID, SolutionName)] = []
    var surfacing: [ComponentID] = []
    for id in dropped.sorted() {
      guard let stack = dropping.owners.contains(.active) ? state.standing(id) : state.stacks[id]
      else { continue }
      switch fate(of: stack, dropping) {
      case .deleted: doomed.insert(id)
      case .blockedByLayers(let others):
        doomed.insert(id)
        findings.append(baseLayerBlock(id, others, dropping))
      case .kept(let heir):
        dereference(id, stack, dropping, heir: heir)
        if dropping.owners.contains(stack.top.solution) { surfacing.append(id) }
        if let heir { handedOver.append((id, heir)) }
      }
    }
    for id in doomed.sorted() {
      guard let stack = state.standing(id), outlives(stack, doomed),
        isOurs(wholeOf: stack, dropping)
      else { continue }
      doomed.remove(id)
      leaveToPlatform(id, stack, dropping)
    }
    report(handedOver: handedOver, dropping)
    defer { checkSurfacing(surfacing, dropping) }
    guard !doomed.isEmpty else { return }

    let closure = DeletionClosure(of: doomed, in: state)
    for id in closure.parts.sorted() { checkPart(id, dropping, dropped: dropped) }
    let uses = closure.uses(in: state, kinds: kinds, except: dropping.silent)
    findings += usedSince(uses.blocked, dropping).map { inUse($0, dropping) }
    tellUncertain(uses, dropping)
    unlist(closure.all, dropping)
    for id in closure.deletionOrder(in: state, kinds: kinds) {
      let reason =
        doomed.contains(id)
        ? dropping.reason
        : Reason(
          "part of \(state.standing(id)?.top.component.parent.map { spoken($0) } ?? "what is deleted")",
          rule: "DP-102"
        )
      perform(.deleteComponent(id))
      touch(id, dropping.solution, reason)
    }
  }

  private enum Fate {
    case deleted
    /// Another layer keeps it; the heir when one of the same publisher becomes its base.
    case kept(heir: SolutionName?)
    case blockedByLayers([Layer])
  }

  /// Really deleted: the base layer is ours and no other managed layer of our publisher remains.
  private func fate(of stack: LayerStack, _ dropping: Dropping) -> Fate {
    guard dropping.owners.contains(stack.base.solution) else { return .kept(heir: nil) }
    let others = stack.layers.filter {
      $0.rank.isManaged && !dropping.owners.contains($0.solution)
    }
    if let heir = others.first(where: { $0.publisher == dropping.publisher }) {
      return .kept(heir: heir.solution)
    }
    if others.isEmpty, dropping.discarded != nil, stoodUnmanaged(stack) { return .kept(heir: nil) }
    return others.isEmpty ? .deleted : .blockedByLayers(others)
  }

  private mutating func dereference(
    _ id: ComponentID,
    _ stack: LayerStack,
    _ dropping: Dropping,
    heir: SolutionName?
  ) {
    let own = stack.layers.filter { dropping.owners.contains($0.solution) }
    for layer in own.reversed() { perform(.removeLayer(id, layer.solution)) }
    let left = stack.layers.filter { !dropping.owners.contains($0.solution) }
    if let heir, dropping.discarded == nil || left.first?.solution != heir {
      inherit(id, from: stack.base, to: heir, stack)
    }
    let keeper = heir ?? left.first?.solution ?? stack.base.solution
    touch(
      id,
      dropping.solution,
      Reason(
        "\(dropping.reason.text); \(Self.spoken(keeper: keeper)) keeps it",
        rule: heir == nil ? "LY-1202" : "LY-1203"
      ),
      membershipDropped: true
    )
  }

  private static func spoken(keeper: SolutionName) -> String {
    switch keeper {
    case .system: "the system"
    case .active: "the unmanaged layer"
    default: keeper.text
    }
  }

  /// Whether what it is a part of was made by what is dropped: what came to a table of others is no part of its making,
  /// and the table stood without it.
  private func isOurs(wholeOf stack: LayerStack, _ dropping: Dropping) -> Bool {
    switch dropping.operation {
    case .upgrade, .removal: true
    case .discard: false
    case .uninstall:
      kinds[stack.top.component.id.type].wholes(stack.top.component).contains { whole in
        stepStart.stacks[whole].map { dropping.owners.contains($0.base.solution) } ?? false
      }
    }
  }

  /// A column or view that the platform made with a table goes with it only: what the solution said of it is the
  /// platform's from now on.
  private mutating func leaveToPlatform(
    _ id: ComponentID,
    _ stack: LayerStack,
    _ dropping: Dropping
  ) {
    perform(
      .putLayer(
        Layer(
          solution: .system,
          publisher: .system,
          rank: .system,
          component: stack.base.component
        )
      )
    )
    for layer in stack.layers.reversed() where dropping.owners.contains(layer.solution) {
      perform(.removeLayer(id, layer.solution))
    }
    touch(
      id,
      dropping.solution,
      Reason("\(dropping.reason.text); it goes with its table only", rule: "lifecycle §5"),
      membershipDropped: true
    )
  }

  /// LY-1206: the heir takes the base's place, below everyone else, with its patches and its pending upgrade.
  private mutating func inherit(
    _ id: ComponentID,
    from base: Layer,
    to heir: SolutionName,
    _ stack: LayerStack
  ) {
    guard case .managed(let block, let guest, _) = base.rank else { return }
    for layer in stack.layers where family(of: layer.solution) == family(of: heir) {
      guard case .managed(_, _, let place) = layer.rank else { continue }
      let rank = LayerRank.managed(block: block, guest: guest, place: place)
      perform(
        .putLayer(
          Layer(
            solution: layer.solution,
            publisher: layer.publisher,
            rank: rank,
            component: layer.component
          )
        )
      )
    }
  }

  private mutating func report(
    handedOver: [(id: ComponentID, heir: SolutionName)],
    _ dropping: Dropping
  ) {
    for (heir, entries) in Dictionary(grouping: handedOver, by: \.heir).sorted(by: {
      $0.key < $1.key
    }) {
      findings.append(
        Finding(
          .info,
          .handOver,
          rule: "LC-105",
          subject: dropping.solution.text,
          "\(entries.count == 1 ? "1 component passes" : "\(entries.count) components pass") to \(heir), a solution of the "
            + "same publisher; nothing is lost",
          because: entries.map { subject($0.id) }
        )
      )
    }
  }

  // MARK: Refusals

  private func baseLayerBlock(
    _ id: ComponentID,
    _ others: [Layer],
    _ dropping: Dropping
  ) -> Finding {
    Finding(
      .error,
      .baseLayer,
      rule: "LY-1204",
      subject: subject(id),
      "\(spoken(id)) cannot go: its base layer belongs to \(dropping.solution), and managed layers of other "
        + "publishers lie over it",
      because: [dropping.reason.text]
        + others.map { "solution \($0.solution) of publisher \($0.publisher) has a layer over it" },
      remedy: "first upgrade \(others[0].solution) to a version without it, or uninstall it"
    )
  }

  /// A part stands in the way of its whole when another solution brought it, or when it is to stay.
  private mutating func checkPart(
    _ id: ComponentID,
    _ dropping: Dropping,
    dropped: Set<ComponentID>
  ) {
    guard !dropped.contains(id), let stack = state.stacks[id] else { return }
    // A staged version that is being applied lists what the solution will have.
    let listing = state.holding(of: dropping.solution) ?? state.solutions[dropping.solution]
    if listing?.members.contains(id) == true, case .upgrade = dropping.operation {
      return findings.append(orphan(id, stack, dropping))
    }
    guard
      let other = stack.layers.first(where: {
        $0.rank.isManaged && !dropping.owners.contains($0.solution)
      })
    else { return }
    let whole = stack.top.component.parent
    findings.append(
      Finding(
        .error,
        .inUse,
        rule: "DP-102",
        .inferred,
        subject: whole.map { subject($0) } ?? subject(id),
        "\(whole.map { spoken($0) } ?? spoken(id)) cannot be deleted: solution \(other.solution) has added to it",
        because: [
          dropping.reason.text, "\(spoken(id)) is part of it and belongs to \(other.solution)",
        ],
        remedy: "first upgrade \(other.solution) to a version without it, or uninstall it"
      )
    )
  }

  /// The new version still carries a part of what it has dropped (DP-307).
  private func orphan(_ id: ComponentID, _ stack: LayerStack, _ dropping: Dropping) -> Finding {
    let whole = stack.top.component.parent
    return Finding(
      .error,
      .missingReference,
      rule: "DP-204",
      subject: subject(id),
      "\(spoken(id)) is in the package, and \(whole.map { spoken($0) } ?? "what it belongs to") no longer is",
      because: [
        "it is a part of \(whole.map { subject($0) } ?? "it")",
        "which is \(dropping.reason.text) and would be deleted",
      ],
      remedy: "keep both in the package, or drop both",
      at: stack.top.component.location
    )
  }

  private func inUse(_ blocked: DeletionClosure.Blocked, _ dropping: Dropping) -> Finding {
    let code: Code =
      switch dropping.operation {
      case .upgrade, .removal: .inUse
      case .uninstall, .discard:
        blocked.dependents.contains { $0.layer.rank.isManaged }
          ? .uninstallProtected : .uninstallWithDependencies
      }
    let uses = blocked.dependents.map { dependent in
      "\(user(dependent)) uses it (\(dependent.via.joined(separator: ", ")))"
    }
    return Finding(
      .error,
      code,
      rule: "DP §4.3.5",
      subject: subject(blocked.id),
      "\(spoken(blocked.id)) cannot be deleted because \(blocked.dependents.count == 1 ? "1 other component references" : "\(blocked.dependents.count) other components reference") it",
      because: chain(blocked.id, dropping) + uses,
      remedy: waysOut(blocked, dropping)
    )
  }

  /// Why it is to be deleted: dropped itself, or part of something dropped.
  private func chain(_ id: ComponentID, _ dropping: Dropping) -> [String] {
    var lines: [String] = []
    var at = id
    while let parent = state.standing(at)?.top.component.parent, lines.count < 4,
      let stack = state.stacks[parent], dropping.owners.contains(stack.base.solution),
      !(state.solutions[dropping.solution]?.members.contains(parent) ?? false)
    {
      lines.append("\(spoken(at)) is part of \(spoken(parent))")
      at = parent
    }
    return ["\(spoken(at)) \(dropping.clause)"] + lines.reversed()
  }

  func user(_ dependent: DeletionClosure.Dependent) -> String {
    switch dependent.layer.solution {
    case .draft: "the draft of \(spoken(dependent.id))"
    case .active: "\(spoken(dependent.id)) of the unmanaged layer"
    case let name: "\(spoken(dependent.id)) of solution \(name)"
    }
  }

  /// dependencies.md §7.
  private func waysOut(_ blocked: DeletionClosure.Blocked, _ dropping: Dropping) -> String {
    let owners = Set(blocked.dependents.map(\.layer.solution)).sorted()
    var ways: [String] = []
    if let provider = dropping.providers[blocked.id] {
      ways.append("install \(provider) first: the package says that it carries the component")
    }
    for name in owners where name != dropping.solution {
      switch name {
      case .active: ways.append("remove the reference in the unmanaged layer, or that layer")
      case .draft:
        ways.append(
          "remove the reference in the draft, or the draft itself (strata customize reset or remove)"
        )
      default:
        ways.append("upgrade \(name) to a version without the reference, or uninstall it")
      }
    }
    if case .removal = dropping.operation, owners.contains(.active) {
      ways.append("first remove the reference in the unmanaged layer")
    } else if owners.contains(dropping.solution) {
      ways.append("drop the reference in the same version")
    }
    if case .upgrade = dropping.operation {
      ways.append("keep the component in the package, or import as update, which deletes nothing")
    }
    return ways.joined(separator: "; ")
  }
}
