package import SolutionStore
package import Solutions

/// What a package says it needs, and neither it nor the environment has (DP-304).
package struct MissingNeedsQuestion: Question {
  private let package: SolutionPackage

  package init(of package: SolutionPackage) { self.package = package }

  package func answer(from store: StoreReader) throws -> [MissingDependency] {
    package.missingNeeds(on: try store.snapshot(for: [package]), kinds: store.kinds)
  }
}
