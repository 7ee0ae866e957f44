import Faces
import SolutionPackages
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// A folder that becomes what an unpacked solution is, and keeps everything else that lies in it.
///
/// Each file takes its place whole. A mark lies in the folder from the first change to the last, so that a folder that
/// was left half-way is known as such: nothing reads it, and the next run that writes it finishes the work.
/// Links in the folder are not followed.
final class OutputFolder {
  /// What is done to a folder; paths below it, sorted.
  struct Changes {
    var added: [String] = []
    var changed: [String] = []
    var removed: [String] = []
    var unchanged = 0
    /// Files that were there and belong to no solution.
    var kept: [String] = []
    /// Files of others that would be replaced.
    var foreign: [String] = []
  }

  /// Lies in a folder while it is written.
  static let mark = ".strata-unpacking"
  /// What a file is called until it is whole.
  fileprivate static let interim = ".strata-unpacking-file"

  private let path: String
  private let descriptor: Int32

  /// Makes the folder, and those around it, where there is none.
  ///
  /// - Throws: `Failure`
  init(_ path: String) throws {
    self.path = path
    for end in path.indices where path[end] == "/" && end > path.startIndex {
      let parent = String(path[..<end])
      if mkdir(parent, 0o777) != 0, errno != EEXIST {
        throw Files.failure("cannot write", parent)
      }
    }
    if mkdir(path, 0o777) != 0, errno != EEXIST { throw Files.failure("cannot write", path) }
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Files.failure("cannot write", path) }
  }

  deinit { close(descriptor) }

  /// Whether it was left half-way.
  static func isHalfWay(_ folder: String) -> Bool { access("\(folder)/\(mark)", F_OK) == 0 }

  /// Performs the changes.
  ///
  /// - Throws: `Failure`; then the mark stays.
  func write(_ changes: Changes, _ files: [String: [UInt8]]) throws {
    guard !(changes.added + changes.changed + changes.removed).isEmpty || Self.isHalfWay(path)
    else { return }
    let mark = openat(descriptor, Self.mark, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard mark >= 0 else { throw Files.failure("cannot write", "\(path)/\(Self.mark)") }
    close(mark)
    for file in changes.removed { try remove(file) }
    for file in changes.added + changes.changed { try write(file, files[file] ?? []) }
    // As version control does, nothing here waits for the disk: what a power cut takes, the package gives again.
    guard unlinkat(descriptor, Self.mark, 0) == 0 else {
      throw Files.failure("cannot write", path)
    }
  }

  private func write(_ file: String, _ content: [UInt8]) throws {
    let parts = file.split(separator: "/").map(String.init)
    try inside(parts.dropLast(), isMade: true) { folder in
      let name = parts.last ?? ""
      let interim = Self.interim
      unlinkat(folder, interim, 0)
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
      let sink = openat(folder, interim, flags, 0o666)
      guard sink >= 0 else { throw failure(file) }
      defer { close(sink) }
      if let error = Descriptor.write(content, to: sink) {
        unlinkat(folder, interim, 0)
        errno = error
        throw failure(file)
      }
      guard renameat(folder, interim, folder, name) == 0 else {
        unlinkat(folder, interim, 0)
        throw failure(file)
      }
    }
  }

  /// With the folders that are empty then.
  private func remove(_ file: String) throws {
    var parts = file.split(separator: "/").map(String.init)
    try inside(parts.dropLast(), isMade: false) { folder in
      guard unlinkat(folder, parts.last ?? "", 0) == 0 || errno == ENOENT else {
        throw failure(file)
      }
    }
    parts.removeLast()
    while let name = parts.popLast() {
      var isRemoved = false
      try inside(parts[...], isMade: false) { folder in
        isRemoved = unlinkat(folder, name, AT_REMOVEDIR) == 0
      }
      guard isRemoved else { return }
    }
  }

  /// Does something in a folder that is reached through folders alone.
  private func inside(
    _ parts: ArraySlice<String>,
    isMade: Bool,
    _ body: (Int32) throws -> Void
  ) throws {
    var at = descriptor
    defer { if at != descriptor { close(at) } }
    for part in parts {
      if isMade, mkdirat(at, part, 0o777) != 0, errno != EEXIST {
        throw failure(parts.joined(separator: "/"))
      }
      let next = openat(at, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard next >= 0 else {
        if !isMade, errno == ENOENT { return }
        throw failure(parts.joined(separator: "/"))
      }
      if at != descriptor { close(at) }
      at = next
    }
    try body(at)
  }

  private func failure(_ file: String) -> Failure {
    Files.failure("cannot write", "\(path)/\(file)")
  }
}

extension OutputFolder.Changes {
  /// What becomes of a folder.
  ///
  /// - Parameters:
  ///   - there: what lies in it, by path; nil for content that was not read.
  ///   - owned: what among it is of a solution.
  ///   - isOwn: whether it is the same solution's.
  init(
    from there: [String: [UInt8]],
    owned: Set<String>,
    isOwn: Bool,
    to files: [String: [UInt8]]
  ) {
    var spellings: [String: String] = [:]
    for path in there.keys { spellings[path.lowercased()] = path }
    for (path, content) in files {
      guard let other = spellings.removeValue(forKey: path.lowercased()) else {
        added.append(path)
        continue
      }
      guard isOwn || there[other] == content else {
        foreign.append(other)
        continue
      }
      if other != path {
        removed.append(other)
        added.append(path)
      } else if there[other] == content {
        unchanged += 1
      } else {
        changed.append(path)
      }
    }
    for path in spellings.values {
      let isLeft = path.hasSuffix("/" + OutputFolder.interim)
      if isLeft || isOwn && owned.contains(path) {
        removed.append(path)
      } else {
        kept.append(path)
      }
    }
    added.sort()
    changed.sort()
    removed.sort()
    kept.sort()
    foreign.sort()
  }
}
