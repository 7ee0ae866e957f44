import XML

/// Sources of both forms of a package: what differs has a twin for the managed one (PF-A1).
struct FolderTwins {
  private(set) var files: [String: [UInt8]]
  /// Files that one form has and the other has not, which no twin can say.
  private(set) var problems: [(path: String, problem: String)] = []

  init(unmanaged: [String: [UInt8]], managed: [String: [UInt8]], lineEnd: SourceWriter.LineEnd) {
    files = unmanaged
    let places = FolderPlaces(Set(unmanaged.keys).union(managed.keys))
    for (path, bytes) in managed where unmanaged[path] != bytes {
      if places[path].isDocument {
        files[FolderPath.twin(of: path)] = bytes
      } else {
        files[FolderLayout.managedParts + path] = bytes
      }
    }
    for path in unmanaged.keys.sorted() where managed[path] == nil {
      if places[path].isDocument {
        files[FolderPath.twin(of: path)] = Self.nothing(lineEnd)
      } else if unmanaged[path + ".data.xml"] == nil {
        problems.append((path, "the managed package has no such file"))
      }
    }
  }

  /// A twin that says that the managed package has nothing there.
  private static func nothing(_ lineEnd: SourceWriter.LineEnd) -> [UInt8] {
    var writer = SourceWriter(lineEnd)
    writer.declare()
    writer.element(nothing) { _ in }
    return writer.bytes
  }

  private static let nothing = "Nothing"

  /// Whether a twin says so.
  static func isNothing(_ bytes: [UInt8], _ limits: XMLLimits) -> Bool {
    guard bytes.count < 512 else { return false }
    do throws(XMLError) {
      return try XMLTree(bytes, limits: limits).root.name == nothing
    } catch {
      // It is told where it is read.
      return false
    }
  }
}
