package import SolutionStore
package import Solutions

/// Where what is in effect after one operation differs from what is after another; 0 is before them all.
package struct DifferenceQuestion: Question {
  private let from: Int
  private let to: Int

  package init(from: Int, to: Int) { (self.from, self.to) = (from, to) }

  /// Looks at what operations between the two have touched alone, so its count of equal components is not of all.
  ///
  /// - Throws: `StoreError.noSuchRevision` for an operation that is yet to come.
  package func answer(from store: StoreReader) throws -> StateDifference {
    let newest = try store.revision()
    for number in [from, to] where !(0...newest).contains(number) {
      throw StoreError.noSuchRevision(number, newest: newest)
    }
    let touched = try store.touched(after: min(from, to))
    // Whether a value is a secret is said by its variable.
    let variables = touched.filter { $0.type == ComponentKind.environmentVariableValue.type }
      .map { ComponentID(.environmentVariableDefinition, $0.key) }
    let wanted = touched.union(variables)
    return StateDifference(
      from: try store.part(wanted, at: from),
      to: try store.part(wanted, at: to),
      among: touched,
      kinds: store.kinds
    )
  }
}
