/// A solution unpacked into files, in memory.
package struct SolutionFolder: Sendable {
  package struct File: Equatable, Sendable {
    /// Below the folder, with forward slashes.
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// In order of path.
  package let files: [File]
  /// Which of several solutions in it is meant; nil where there is one.
  package let solution: String?

  package init(files: [File], solution: String? = nil) {
    self.solution = solution
    self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// As which package sources are packed, or which packages sources are of.
  package enum Form: Sendable {
    case unmanaged
    case managed
    /// Sources of both: files that differ have a twin for the managed package (PF-A1).
    case both
  }
}

/// Paths that are taken: no two differ only by case, and none is a folder of another.
struct Claims {
  private var files: Set<String> = []
  private var folders: Set<String> = []

  func isFree(_ path: String) -> Bool {
    let path = path.lowercased()
    return !files.contains(path) && !folders.contains(path)
      && Self.folders(of: path).allSatisfy { !files.contains($0) }
  }

  mutating func take(_ path: String) {
    let path = path.lowercased()
    files.insert(path)
    folders.formUnion(Self.folders(of: path))
  }

  private static func folders(of path: String) -> [String] {
    path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
  }
}
