package import Hashing
package import Solutions

extension StoreReader {
  /// Archives that made a solution what it is now, newest first: its imports, but for those that were taken back, and
  /// those before it was deleted.
  package func sources(of name: SolutionName) throws -> [SHA256Digest] {
    var found: [SHA256Digest] = []
    var revision = try environment().revision
    for operation in try history() where operation.number <= revision {
      if let undone = try undone(by: operation.number) {
        revision = undone - 1
        continue
      }
      for package in operation.packages.reversed() where package.name == name {
        if package.action == .uninstall { return found }
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
