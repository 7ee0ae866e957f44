package import SolutionStore
package import Solutions

/// A solution as a readable file, with what lies beside it; nil where it is not installed.
package struct DescriptionQuestion: Question {
  private let name: SolutionName
  private let isFull: Bool

  /// - Parameter isFull: whether it also says what the platform keeps for itself.
  package init(of name: SolutionName, isFull: Bool = false) {
    (self.name, self.isFull) = (name, isFull)
  }

  /// - Throws: `StoreError.damaged` where a file of the solution is in none of the packages that are kept; `PackageError`
  ///   where one of those cannot be read.
  package func answer(from store: StoreReader) throws -> DescribedSolution? {
    // What its components name may be anybody's.
    let state = try store.whole()
    guard let solution = state.solutions[name] else { return nil }
    let description = Description(of: solution, on: state, isFull: isFull, kinds: store.kinds)
    let sources = try store.keptArchives(of: name).map(\.bytes)
    let found = try store.contents(of: description.parts, in: sources, of: name)
    return DescribedSolution(description, contents: description.contents(found))
  }
}
