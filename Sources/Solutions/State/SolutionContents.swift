/// A solution with what it lists.
package struct SolutionContents: Sendable {
  package let solution: InstalledSolution.Dated
  /// Its patches and its pending upgrade, or what it is one of.
  package let family: [InstalledSolution]
  /// By kind, then key.
  package let members: [SolutionMember]

  package init(
    solution: InstalledSolution.Dated,
    family: [InstalledSolution],
    members: [SolutionMember]
  ) {
    self.solution = solution
    self.family = family
    self.members = members
  }
}
