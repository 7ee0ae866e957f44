package import Solutions

extension Facts {
  /// What an environment would tell that hides nothing: everything is listed, with its layers and what uses it.
  ///
  /// - Parameter silent: components of which it tells neither layers nor uses.
  package init(of state: InstalledState, silent: Set<ComponentID> = []) {
    self.init(
      at: Timestamp(milliseconds: 1_764_000_000_000),
      url: "https://contoso.crm.dynamics.com",
      organization: GUID(from: "organization")
    )
    publishers = state.publishers.values.sorted { $0.name < $1.name }
    solutions = state.solutions.values.map { solution in
      Facts.Solution(
        id: GUID(from: "there", solution.name.text),
        name: solution.name,
        displayName: solution.displayName,
        version: solution.version,
        isManaged: solution.isManaged,
        publisher: solution.publisher,
        parent: solution.parent,
        installed: "2026-01-01T00:00:\(10 + solution.block)Z",
        isListed: true
      )
    }
    let graph = DependencyGraph(state, kinds: .standard)
    for (id, stack) in state.stacks {
      var component = Facts.Component(object: Self.object(id))
      component.id = id
      component.name = stack.top.component.name
      component.displayName = stack.top.component.displayName
      component.parent = stack.top.component.parent
      component.isManaged = stack.isManaged
      for solution in state.solutions.values where solution.members.contains(id) {
        component.listings[solution.name] = .some(nil)
      }
      if !silent.contains(id) {
        component.layers = stack.layers.enumerated().map { place, layer in
          Facts.Layer(solution: layer.solution, publisher: layer.publisher, order: place + 1)
        }
        component.isDeletionTold = true
        uses += graph.dependents(of: id).filter { $0.type == .published }.map { edge in
          Facts.Use(
            required: Self.object(id),
            dependent: Self.object(edge.dependent),
            type: 2
          )
        }
      }
      components.append(component)
    }
    self = canonical
  }

  private static func object(_ id: ComponentID) -> Facts.Object {
    Facts.Object(
      type: id.type.number ?? 10_000,
      id: GUID(id.key) ?? GUID(from: "object", "\(id.type)", id.key)
    )
  }
}

extension InstalledState {
  /// Packages, in order, among what an environment told.
  ///
  /// - Throws: a finding of a package that cannot be taken as installed.
  package init(_ packages: [SolutionPackage], among facts: Facts) throws {
    self = try .installing(packages, among: facts)
  }
}
