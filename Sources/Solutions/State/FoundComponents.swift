/// Components that a text may mean.
package struct FoundComponents: Sendable {
  /// They, and their neighbors.
  package let state: InstalledState
  /// Others with a like name, where there are none.
  package let hints: [ComponentID]

  package init(state: InstalledState, hints: [ComponentID]) {
    self.state = state
    self.hints = hints
  }
}
