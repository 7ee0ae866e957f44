package import Hashing
package import Solutions

extension StoreReader {
  /// Archives that made a solution what it is now, newest first: its imports, but for those that were taken back, and
  /// those before it was deleted.
  ///
  /// Those of its patches come after its own: what they brought is rolled up.
  package func sources(of name: SolutionName) throws -> [SHA256Digest] {
    let own = try sources { $0 == name }
    return own + (try sources { $0.patchParent == name }).filter { !own.contains($0) }
  }

  private func sources(where isWanted: (SolutionName) -> Bool) throws -> [SHA256Digest] {
    var found: [SHA256Digest] = []
    var ended: Set<SolutionName> = []
    var revision = try revision()
    for operation in try history() where operation.number <= revision {
      if let undone = try undone(by: operation.number) {
        revision = undone - 1
        continue
      }
      for package in operation.packages.reversed()
      where isWanted(package.name) && !ended.contains(package.name) {
        if package.action == .uninstall { ended.insert(package.name) }
        if let digest = package.digest, !found.contains(digest) { found.append(digest) }
      }
    }
    return found
  }

  /// All archives that are kept, newest first.
  package func keptArchives() throws -> [SHA256Digest] {
    var seen: Set<SHA256Digest> = []
    return try history().flatMap { $0.packages.reversed() }.compactMap(\.digest)
      .filter { seen.insert($0).inserted }
  }
}
