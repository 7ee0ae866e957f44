package import Lifecycle
package import Solutions

extension Lifecycle {
  /// A solution with what it lists.
  ///
  /// - Throws: `Failure` that says which are installed, where it is not.
  package func solution(_ name: SolutionName, asOf: Int? = nil) async throws -> SolutionContents {
    if let found = try await ask(SolutionQuestion(name, asOf: asOf)) { return found }
    let installed = try await ask(InstalledQuestion(asOf: asOf)).map(\.solution.name.text).sorted()
    let names = installed.isEmpty ? "nothing" : installed.joined(separator: ", ")
    throw Failure(.notInstalled, "\(name) is not installed", remedy: "installed: \(names)")
  }
}
