import Faces
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// Where an output is to stand: what is there now, or would be.
struct OutputPlace {
  /// As it was given.
  let path: String
  /// Through links, also those that lead to nothing yet.
  let target: String
  /// nil where nothing stands.
  let node: FileNode?

  init(_ path: String) {
    self.path = path
    node = FileNode(path)
    // A pipe that is reached through /proc has no other name.
    target = node.map { $0.kind == .stream } ?? false ? path : Self.target(of: path)
  }

  var folder: String { Self.split(target).folder }

  /// Whether writing to one changes what is read from the other.
  func isSame(as other: OutputPlace) -> Bool {
    guard let node, let otherNode = other.node else { return target == other.target }
    return node.isSameFile(as: otherNode)
  }

  /// - Throws: `Failure` where nothing can be written, as far as one can see before.
  func check() throws(Failure) {
    switch node?.kind {
    case .folder: throw Failure(.unwritable, "cannot write \(path): it is a folder")
    case .disk: throw Failure(.unwritable, "cannot write \(path): it is a disk, and no file")
    case .stream: return
    case .file:
      if access(target, W_OK) != 0 { throw Files.failure("cannot write", path) }
    case nil:
      if Self.split(target).name.isEmpty {
        throw Failure(
          .unwritable,
          "cannot write \(path): it names a folder, and there is none",
          remedy: "make it first: mkdir -p \(path)"
        )
      }
    }
    if access(folder, F_OK) != 0, errno == ENOENT {
      throw Failure(
        .unwritable,
        "cannot write \(path): there is no folder \(folder)",
        remedy: "make it first: mkdir -p \(folder)"
      )
    }
    if access(folder, W_OK | X_OK) != 0 {
      throw Files.failure("cannot write", node == nil ? path : "\(path): its folder")
    }
  }

  /// Whether what was judged still stands there.
  var isUnchanged: Bool {
    let now = OutputPlace(path)
    return now.target == target && now.node == node
  }

  private static func target(of path: String) -> String {
    if let whole = real(path) { return whole }
    var path = path
    // As many as the system follows.
    for _ in 0..<40 {
      guard let link = link(at: path) else { break }
      path = link.hasPrefix("/") ? link : "\(split(path).folder)/\(link)"
    }
    let (folder, name) = split(path)
    return "\(real(folder) ?? folder)/\(name)"
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return (folder, String(path[path.index(after: slash)...]))
  }

  private static func real(_ path: String) -> String? {
    guard let whole = realpath(path, nil) else { return nil }
    defer { free(whole) }
    return String(cString: whole)
  }

  private static func link(at path: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = bytes.withUnsafeMutableBytes { buffer in
      buffer.baseAddress.map { readlink(path, $0, buffer.count) } ?? -1
    }
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}
