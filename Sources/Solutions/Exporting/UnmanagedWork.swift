/// Unmanaged layers over a managed solution, as a solution of their own: what one keeps before they are removed.
extension InstalledSolution {
  /// The components over which unmanaged work lies: those that the solution, its patches or its pending upgrade have a layer of.
  func unmanagedWork(on state: InstalledState) -> InstalledSolution {
    let families = Set(state.solutions.values.filter { $0.family == name }.map(\.name))
    let touched = state.stacks.filter { _, stack in
      stack.layer(of: .active) != nil && stack.layers.contains { families.contains($0.solution) }
    }
    return InstalledSolution(
      id: id,
      name: name.ofActiveLayer,
      displayName: "Active layer of \(displayName)",
      version: version,
      isManaged: false,
      publisher: publisher,
      block: block,
      members: Set(touched.keys),
      // The layer of a table says nothing of its parts.
      behaviors: touched.filter { $0.key.type == .entity }.mapValues { _ in
        .doNotIncludeSubcomponents
      }
    )
  }
}

extension Export {
  /// The unmanaged layers over a managed solution as an unmanaged one, named `NAME_ActiveLayer`.
  package init(
    ofActiveLayerOver solution: InstalledSolution,
    on state: InstalledState,
    version: SolutionVersion? = nil,
    kinds: ComponentKinds
  ) {
    let work = solution.unmanagedWork(on: state).with(version: version ?? solution.version)
    var refusals: [Finding] = []
    if !solution.isManaged {
      refusals = [Finding(ActiveLayerOfUnmanaged(solution: solution.name))]
    } else if work.members.isEmpty {
      refusals = [Finding(NoUnmanagedWork(solution: solution.name))]
    }
    self.init(
      of: refusals.isEmpty ? work : work.with(members: []),
      on: state,
      from: [],
      refusals: refusals,
      kinds: kinds
    )
  }
}
