package import SolutionStore
package import Solutions

/// The version of a solution that is installed, and its packages that were imported, newest first.
package struct KeptPackagesQuestion: Question {
  private let name: SolutionName

  package init(of name: SolutionName) { self.name = name }

  package func answer(from store: StoreReader) throws -> (
    installed: SolutionVersion?, kept: [KeptPackage]
  ) {
    let installed = try store.solutions(at: nil).first { $0.name == name }
    return (installed?.version, try store.archives(of: name))
  }
}
