package import Solutions

/// `deps --json`.
package struct DepsShape: Shape {
  package static let format = "strata.deps"

  package struct Edge: Codable, Sendable {
    package let component: ComponentShape
    package let solution: String
    package let type: Wire.Dependency
    package let via: [String]
    /// Whether the state has the component.
    package let present: Bool
  }

  package let component: ComponentShape
  package var required: [Edge]?
  package var dependents: [Edge]?
  package var blocking: [Edge]?

  package init(
    _ id: ComponentID,
    state: InstalledState,
    kinds: ComponentKinds,
    required: [DependencyGraph.Edge]?,
    dependents: [DependencyGraph.Edge]?,
    blocking: [DependencyGraph.Edge]?
  ) {
    func shape(_ id: ComponentID) -> ComponentShape {
      let component = state.standing(id)?.top.component
      return ComponentShape(
        id,
        name: component?.name ?? id.key,
        displayName: component?.displayName,
        parent: component?.parent,
        kinds: kinds
      )
    }
    func edge(_ edge: DependencyGraph.Edge, to other: ComponentID) -> Edge {
      Edge(
        component: shape(other),
        solution: state.standing(other)?.top.solution.text ?? "",
        type: Wire.Dependency(edge.type),
        via: edge.via,
        present: state.standing(other) != nil
      )
    }
    component = shape(id)
    self.required = required?.map { edge($0, to: $0.required) }
    self.dependents = dependents?.map { edge($0, to: $0.dependent) }
    self.blocking = blocking?.map { edge($0, to: $0.dependent) }
  }
}
