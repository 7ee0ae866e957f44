package import Solutions

/// `components --json`.
package struct ComponentsShape: Shape {
  package static let format = "strata.components"

  package struct Item: Codable, Sendable {
    package let component: ComponentShape
    package let layers: Int
    /// 0 published, 1 with a draft (LC-333).
    package let componentState: Int
    /// Of a step or process; null for all else.
    @Nullable package var state: Wire.Switch?
    /// How much of a table comes along; absent for all else, and where nobody has said it.
    package var behavior: Wire.Behavior?
  }

  package let solution: String
  package let components: [Item]

  package init(_ contents: SolutionContents) {
    solution = contents.solution.solution.name.text
    components = contents.members.map { member in
      Item(
        component: ComponentShape(
          member.id,
          name: member.name ?? member.id.key,
          displayName: member.displayName,
          parent: nil,
          kinds: .standard
        ),
        layers: member.layers,
        componentState: (member.hasDraft ? ComponentState.unpublished : .published).rawValue,
        state: member.isOn.map { Wire.Switch(isOn: $0) },
        behavior: member.id.type == .entity ? member.behavior.map { Wire.Behavior($0) } : nil
      )
    }
  }
}
