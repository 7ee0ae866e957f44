package import Solutions

/// `show-solution --json`.
package struct SolutionShape: Shape {
  package static let format = "strata.solution"

  package let solution: SolutionsShape.Item
  package let components: Components
  /// Its patches and its pending upgrade.
  package let related: [SolutionsShape.Item]

  package struct Components: Codable, Sendable {
    package let total: Int
    /// How many of them have a draft.
    package let drafts: Int
    package let byKind: [String: Int]
    /// Of steps and processes, by kind.
    package let states: [String: States]

    package struct States: Codable, Sendable {
      package let on: Int
      package let off: Int
    }
  }

  package init(_ contents: SolutionContents) {
    let members = contents.members
    solution = SolutionsShape.Item(contents.solution.solution, contents.solution.dates)
    related = contents.family.sorted { $0.rank < $1.rank }.map { SolutionsShape.Item($0, nil) }
    let kinds = ComponentKinds.standard
    components = Components(
      total: members.count,
      drafts: members.count(where: \.hasDraft),
      byKind: Dictionary(grouping: members) { kinds[$0.id.type].name }.mapValues(\.count),
      states: Dictionary(grouping: members.filter { $0.isOn != nil }) { kinds[$0.id.type].name }
        .mapValues { members in
          let on = members.count { $0.isOn == true }
          return .init(on: on, off: members.count - on)
        }
    )
  }
}
