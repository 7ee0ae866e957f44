import Archive
import Faces
import SolutionPackages
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// Reads a folder: every file that lies in it, and no more than a package may hold.
///
/// Links are not followed, so that nothing is read that lies elsewhere.
struct FolderInput {
  private struct Entry {
    let path: String
    let bytes: Int
  }

  private let folder: String
  private let name: String
  private var entries: [Entry] = []
  private var problems: [UnreadableFolder.Problem] = []
  /// Links to folders in the folder itself, of which nobody can say whether they belong to the solution.
  private var linked: Set<String> = []

  /// - Parameters:
  ///   - name: what findings call it.
  ///   - solution: which of several is meant.
  /// - Throws: `Failure` for a folder that cannot be opened; `PackageError` for links, and for more than is read.
  static func read(
    _ folder: String,
    name: String,
    solution: String? = nil
  ) throws -> SolutionFolder {
    var input = FolderInput(folder: folder, name: name)
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Files.failure("cannot read", folder) }
    defer { close(descriptor) }
    try input.list(descriptor, "", depth: 1)
    let owned = FolderReader.owned(among: input.entries.map(\.path))
    try input.judge(owned)
    let files = try input.files(below: descriptor, owned)
    return SolutionFolder(files: files, solution: solution)
  }

  private init(folder: String, name: String) { (self.folder, self.name) = (folder, name) }

  // MARK: Listing

  private let limits = FolderReader(Files.reader).limits

  /// - Parameter descriptor: of a folder; stays open.
  private mutating func list(_ descriptor: Int32, _ prefix: String, depth: Int) throws {
    guard depth <= limits.depth else {
      throw refusal(prefix, "it lies in more than \(limits.depth) folders")
    }
    let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else {
      throw Files.failure("cannot read", "\(folder)/\(prefix)")
    }
    defer { closedir(stream) }
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw Files.failure("cannot read", "\(folder)/\(prefix)") }
        return
      }
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let name else { throw refusal(prefix, "a name in it is no UTF-8") }
      // What version control keeps for itself, and where there is nothing of a solution.
      if name == "." || name == ".." || (prefix.isEmpty && name.hasPrefix(".")) { continue }
      try add(name, in: descriptor, prefix + name, depth)
    }
  }

  private mutating func add(
    _ name: String,
    in descriptor: Int32,
    _ path: String,
    _ depth: Int
  ) throws {
    var status = stat()
    guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw Files.failure("cannot read", "\(folder)/\(path)")
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      let inner = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard inner >= 0 else { throw Files.failure("cannot read", "\(folder)/\(path)") }
      defer { close(inner) }
      try list(inner, path + "/", depth: depth + 1)
    case S_IFREG:
      guard entries.count < limits.files else {
        throw refusal(path, "the folder has more than \(limits.files) files")
      }
      entries.append(Entry(path: path, bytes: Int(status.st_size)))
    case S_IFLNK:
      var target = stat()
      let isFolder =
        fstatat(descriptor, name, &target, 0) == 0 && target.st_mode & S_IFMT == S_IFDIR
      if isFolder && depth == 1 { linked.insert(path) }
      tell(path, "it is a link, and links are not followed")
    default: tell(path, "it is no file")
    }
  }

  private mutating func tell(_ path: String, _ problem: String) {
    problems.append(UnreadableFolder.Problem(path: path, line: 0, problem: problem))
  }

  private func refusal(_ path: String, _ problem: String) -> PackageError {
    refusal([UnreadableFolder.Problem(path: path, line: 0, problem: problem)])
  }

  private func refusal(_ problems: [UnreadableFolder.Problem]) -> PackageError {
    PackageError(
      file: name,
      finding: Finding(
        UnreadableFolder(folder: name, problems: problems),
        at: Location(file: problems.first?.path ?? name, line: 0)
      )
    )
  }

  /// Links and sizes of what is to be read.
  private mutating func judge(_ owned: Set<String>) throws {
    if !problems.isEmpty {
      let named = FolderReader.owned(among: entries.map(\.path) + problems.map(\.path))
      problems.removeAll { !named.contains($0.path) && !linked.contains($0.path) }
    }
    var total = 0
    for entry in entries where owned.contains(entry.path) {
      if entry.path.utf8.count > limits.nameBytes {
        tell(entry.path, "its name is too long")
      }
      if entry.bytes > limits.bytesPerFile {
        tell(entry.path, "it has more than \(limits.bytesPerFile) bytes")
      }
      total += entry.bytes
    }
    if total > limits.bytes { tell("", "the folder has more than \(limits.bytes) bytes") }
    guard problems.isEmpty else { throw refusal(problems.sorted { $0.path < $1.path }) }
  }

  // MARK: Reading

  /// Files that one processor reads at a time: mostly of one folder.
  private static let portion = 64

  /// - Parameters:
  ///   - descriptor: of the folder; stays open.
  ///   - owned: whose content is read.
  private func files(
    below descriptor: Int32,
    _ owned: Set<String>
  ) throws -> [SolutionFolder.File] {
    let starts = Array(stride(from: 0, to: entries.count, by: Self.portion))
    return try sideBySide(starts.count) { number in
      var inner = InnerFolder(of: descriptor)
      var files: [SolutionFolder.File] = []
      for entry in entries[starts[number]...].prefix(Self.portion) {
        let bytes = owned.contains(entry.path) ? try content(of: entry, &inner) : []
        files.append(SolutionFolder.File(path: entry.path, bytes: bytes))
      }
      return files
    }.flatMap(\.self)
  }

  private func content(of entry: Entry, _ inner: inout InnerFolder) throws -> [UInt8] {
    let slash = entry.path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let name = slash.map { String(entry.path[entry.path.index(after: $0)...]) } ?? entry.path
    guard inner.enter(slash.map { String(entry.path[..<$0]) } ?? "") else {
      throw Files.failure("cannot read", "\(folder)/\(entry.path)")
    }
    let file = openat(inner.descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw Files.failure("cannot read", "\(folder)/\(entry.path)") }
    defer { close(file) }
    return try Files.content(of: file, entry.bytes, "\(folder)/\(entry.path)")
  }
}

/// A folder below another, entered folder by folder, so that none of them is a link by now; files of one come together.
private struct InnerFolder: ~Copyable {
  private let outer: Int32
  private var path = ""
  private(set) var descriptor: Int32

  /// - Parameter descriptor: stays open.
  init(of descriptor: Int32) {
    outer = descriptor
    self.descriptor = descriptor
  }

  deinit { if descriptor != outer { close(descriptor) } }

  /// - Returns: whether it is a folder; otherwise `errno` says why not.
  mutating func enter(_ path: String) -> Bool {
    guard path != self.path else { return true }
    var at = outer
    for part in path.split(separator: "/") {
      let next = openat(at, String(part), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      let reason = errno
      if at != outer { close(at) }
      guard next >= 0 else {
        errno = reason
        return false
      }
      at = next
    }
    if descriptor != outer { close(descriptor) }
    (descriptor, self.path) = (at, path)
    return true
  }
}
