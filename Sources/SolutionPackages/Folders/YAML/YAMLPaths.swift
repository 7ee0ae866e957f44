/// Where files of the newer layout lie: `solutions/NAME` names what belongs to a solution, and folders beside it hold the
/// components of all solutions (PF-B1).
enum YAMLPaths {
  private static let manifest = "solution.yml"

  /// Names of the solutions in a folder, as they are spelled, sorted; none for the older layout (PF-B3).
  static func solutions(_ paths: some Sequence<String>) -> [String] {
    paths.compactMap { path -> String? in
      // Nearly every other path is told by its last letter.
      guard path.utf8.last == UInt8(ascii: "l") || path.utf8.last == UInt8(ascii: "L") else {
        return nil
      }
      let parts = path.split(separator: "/")
      guard parts.count == 3, parts[0].lowercased() == "solutions",
        parts[2].lowercased() == manifest
      else { return nil }
      return String(parts[1])
    }.sorted()
  }

  static func isManifest(_ path: String, of solution: String) -> Bool {
    path.lowercased() == "solutions/\(solution)/\(manifest)".lowercased()
  }

  /// Whether a file is of the newer layout.
  static func isYAML(_ path: String) -> Bool { path.lowercased().hasSuffix(".yml") }

  /// Whether a file is read for a solution.
  static func isRead(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard parts.count > 1 else { return path == PackageContents.variableValuesFile }
    return !parts.contains { $0.hasPrefix(".") }
  }
}
