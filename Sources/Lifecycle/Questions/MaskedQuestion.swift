package import SolutionStore
package import Solutions

/// Components whose unmanaged layer hides managed changes, by kind and key, and the state that holds them.
package struct MaskedQuestion: Question {
  package init() {}

  package func answer(from store: StoreReader) throws -> (
    components: [MaskedComponent], state: InstalledState
  ) {
    let masked = try store.maskings()
    return (masked, try store.part(Set(masked.map(\.id))))
  }
}
