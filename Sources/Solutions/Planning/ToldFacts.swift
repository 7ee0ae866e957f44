/// What an environment told against what packages say.
extension Planner {
  /// Solutions that packages are given for, and that the environment has otherwise.
  mutating func tellContradictions(in before: InstalledState) {
    guard let index = before.facts, let told = index.facts.solutions, !index.facts.isRedacted else {
      return
    }
    let names = Set(told.map(\.name))
    for name in before.solutions.keys.sorted() {
      guard let given = before.solutions[name] else { continue }
      let there = index.solution(name)
      // Put there by what was told.
      guard there?.id != given.id else { continue }
      let edition = OtherVersionThere.Edition(
        version: given.version,
        isManaged: given.isManaged,
        publisher: given.publisher
      )
      let told = there.map {
        OtherVersionThere.Edition(
          version: $0.version,
          isManaged: $0.isManaged,
          publisher: $0.publisher
        )
      }
      guard let there, names.contains(name), told == edition else {
        tell(OtherVersionThere(solution: name, given: edition, there: told, at: index.facts.at))
        continue
      }
      if there.isListed { tellListing(of: given, index, in: before) }
    }
  }

  private mutating func tellListing(
    of given: InstalledSolution,
    _ index: FactsIndex,
    in before: InstalledState
  ) {
    let listed = index.facts.components.filter { $0.listings.keys.contains(given.name) }
    let unnamed = Set(listed.filter { $0.id == nil }.map(\.object.type))
    let there = Set(listed.compactMap(\.id))
    // Parts come with their whole, and what the platform does not number is nowhere listed.
    func isComparable(_ id: ComponentID) -> Bool {
      guard let number = id.type.number, kinds.knows(id.type), !kinds[id.type].isImplied else {
        return false
      }
      return !unnamed.contains(number) && before.standing(id)?.top.component.parent == nil
        && !SystemBaseline.contains(id)
    }
    let missing = given.members.subtracting(there).filter(isComparable)
    let others = there.subtracting(given.members).filter(isComparable)
    guard !missing.isEmpty || !others.isEmpty else { return }
    tell(
      ListedOtherwise(
        solution: given.name,
        version: given.version,
        missing: missing.map { named($0) }.inOrder,
        others: others.map { named($0) }.inOrder,
        at: index.facts.at
      )
    )
  }

  /// Of a solution that an environment told of, and no package is given for.
  mutating func tellMembers(of installed: InstalledSolution) {
    guard let index = state.facts, options.choice != .update else { return }
    let family = [installed] + state.patches(of: installed.name)
    for solution in family {
      guard let told = index.solution(solution.name), told.id == solution.id else { continue }
      let unnamed = index.unnamed(in: solution.name)
      guard !told.isListed || unnamed > 0 else { continue }
      tell(
        MembersNotKnown(
          solution: solution.name,
          version: solution.version,
          unnamed: told.isListed ? unnamed : nil,
          at: index.facts.at,
          isStrict: options.isStrict
        )
      )
    }
  }
}
