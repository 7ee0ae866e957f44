/// What a solution drops, and on whose behalf.
struct Dropping: Sendable {
  /// Why components go: what is done to which solution.
  struct Cause: Equatable, Sendable {
    let solution: SolutionName
    let operation: Operation

    var reason: Reason {
      switch operation {
      case .upgrade(let version):
        Reason("no longer in \(solution) \(version)", rule: "LC-406")
      case .uninstall: Reason("\(solution) is uninstalled", rule: "LC-408")
      case .discard(let base, let version):
        Reason("the staged \(base) \(version) is discarded", rule: "LC-414")
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
  }

  enum Operation: Equatable, Sendable {
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

  var cause: Cause { Cause(solution: solution, operation: operation) }

  var reason: Reason { cause.reason }

  /// Whether the solution goes with all that it has.
  var isWhole: Bool {
    switch operation {
    case .uninstall, .discard: true
    case .upgrade, .removal: false
    }
  }

  /// The solution whose pending upgrade is given up.
  var discarded: SolutionName? {
    guard case .discard(let base, _) = operation else { return nil }
    return base
  }
}

extension Planner {
  /// Takes a solution's components away: deletes what is really deleted, dereferences the rest (LC-400).
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
        let above = others.map {
          LayersAbove.Other(solution: $0.solution, publisher: $0.publisher, isTold: $0.isOpaque)
        }
        tell(LayersAbove(component: named(id), cause: dropping.cause, others: above))
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
    tell(handedOver: handedOver, dropping)
    defer { tell(Checks.ofSurfaces, of: Surfaced(ids: surfacing, dropping: dropping)) }
    guard !doomed.isEmpty else { return }

    let closure = DeletionClosure(of: doomed, in: state)
    let uses = closure.uses(in: state, kinds: kinds, except: dropping.silent, since: before)
    tell(
      Checks.ofRemovals,
      of: Removed(
        dropping: dropping,
        dropped: dropped,
        closure: closure,
        uses: uses,
        derivation: Derivation(of: closure, uses, in: state, isWhole: dropping.isWhole)
      )
    )
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
    let isTold = stack.layer(of: keeper)?.isOpaque == true
    let told = isTold ? ", as the environment reports" : ""
    touch(
      id,
      dropping.solution,
      Reason(
        "\(dropping.reason.text); \(Self.spoken(keeper: keeper)) keeps it\(told)",
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
        step.start.stacks[whole].map { dropping.owners.contains($0.base.solution) } ?? false
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
    perform(.putLayer(.ofSystem(stack.base.component)))
    for layer in stack.layers.reversed() where dropping.owners.contains(layer.solution) {
      perform(.removeLayer(id, layer.solution))
    }
    touch(
      id,
      dropping.solution,
      Reason("\(dropping.reason.text); it goes with its table only", rule: "LC-500"),
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

  private mutating func tell(
    handedOver: [(id: ComponentID, heir: SolutionName)],
    _ dropping: Dropping
  ) {
    for (heir, entries) in Dictionary(grouping: handedOver, by: \.heir).sorted(by: {
      $0.key < $1.key
    }) {
      tell(
        HandOver(
          solution: dropping.solution,
          heir: heir,
          components: entries.map { named($0.id) }
        )
      )
    }
  }
}
