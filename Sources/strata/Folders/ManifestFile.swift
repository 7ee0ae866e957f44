import Faces
import FoundationEssentials
import SolutionPackages
import Solutions

/// The manifest of a folder of sources, of either layout.
enum ManifestFile {
  static func isManifest(_ path: String) -> Bool {
    ["solution.xml", "solution.yml"].contains { path.lowercased().split(separator: "/").last == $0 }
  }

  /// Where a folder has its manifest, or the project around one: in `src`.
  ///
  /// - Throws: `Failure` where there is none, and where there are several.
  static func path(in folder: String) throws -> String {
    let root = folder.hasSuffix("/") && folder != "/" ? String(folder.dropLast()) : folder
    // One of several solutions in the newer layout is named by its own folder.
    let own = "\(root)/solution.yml"
    if FileNode(own)?.kind == .file { return own }
    for sources in [root, "\(root)/src"] where FileNode(sources)?.kind == .folder {
      let found = try paths(in: sources)
      guard found.count < 2 else {
        throw Failure(
          .unreadable,
          "\(folder) has several solutions: \(found.joined(separator: ", "))",
          remedy: "name the folder of one of them"
        )
      }
      if let path = found.first { return "\(sources)/\(path)" }
    }
    throw Failure(
      .unreadable,
      "\(folder) has no Other/Solution.xml and no solutions/NAME/solution.yml",
      remedy: "name the folder of a solution's sources"
    )
  }

  /// Nothing is looked at but the folders in which manifests lie.
  private static func paths(in root: String) throws -> [String] {
    var paths: [String] = []
    for top in try names(in: root) where ["other", "solutions"].contains(top.lowercased()) {
      for name in try names(in: "\(root)/\(top)") {
        paths.append("\(top)/\(name)")
        paths += try names(in: "\(root)/\(top)/\(name)").map { "\(top)/\(name)/\($0)" }
      }
    }
    return FolderReader.manifests(among: paths).filter {
      FileNode("\(root)/\($0)")?.kind == .file
    }
  }

  /// Sorted; none for what is no folder.
  private static func names(in folder: String) throws -> [String] {
    guard FileNode(folder)?.kind == .folder else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }
}
