import Faces
import FoundationEssentials
import Lifecycle
import SolutionPackages
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// Reading and writing files by path; errors name the path.
enum Files {
  static func bytes(of path: String) throws -> [UInt8] {
    let (descriptor, size) = try open(path)
    defer { close(descriptor) }
    return try content(of: descriptor, size, path)
  }

  /// - Parameter path: as errors name it.
  static func content(of descriptor: Int32, _ size: Int, _ path: String) throws -> [UInt8] {
    var isBroken = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = 0
      while count < size, let base = buffer.baseAddress {
        let got = read(descriptor, base + count, size - count)
        if got <= 0 {
          isBroken = got < 0
          break
        }
        count += got
      }
    }
    guard !isBroken else { throw failure("cannot read", path) }
    return bytes
  }

  /// A file of which parts are read, while somebody holds it.
  static func parts(of path: String) throws(Failure) -> MigrationReader.Bytes {
    let (descriptor, size) = try open(path)
    let file = OpenFile(descriptor)
    return MigrationReader.Bytes(count: size) { file.read(at: $0, into: $1) }
  }

  /// As much of an open file as there is from a place on.
  ///
  /// - Returns: how many bytes; nil where it cannot be read, for the reason in `errno`.
  static func readPart(
    of descriptor: Int32,
    at place: Int,
    into memory: UnsafeMutableRawBufferPointer
  ) -> Int? {
    var count = 0
    while count < memory.count, let base = memory.baseAddress {
      let got = pread(descriptor, base + count, memory.count - count, place + count)
      guard got >= 0 else { return nil }
      guard got > 0 else { break }
      count += got
    }
    return count
  }

  private final class OpenFile: Sendable {
    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    func read(at place: Int, into memory: UnsafeMutableRawBufferPointer) -> Int? {
      readPart(of: descriptor, at: place, into: memory)
    }
  }

  /// A file to read, and its size in bytes; what is no file is refused at once, and a pipe not waited for.
  ///
  /// - Throws: `Failure`, also where the file is the one that this run prints into.
  static func open(_ path: String) throws(Failure) -> (descriptor: Int32, size: Int) {
    let descriptor = Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot read", path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      close(descriptor)
      throw failure("cannot read", path)
    }
    let node = FileNode(status)
    let stream = Console.stream(on: node)
    guard node.kind == .file, stream == nil else {
      close(descriptor)
      let why = stream.map { "\($0) goes into it" } ?? "not a file"
      throw Failure(.unreadable, "cannot read \(path): \(why)")
    }
    return (descriptor, Int(status.st_size))
  }

  /// The files of a folder and of those in it, with their bytes, sorted; what is no file of its own is left out.
  static func below(_ folder: String) throws -> [(path: String, bytes: Int)] {
    var files: [(path: String, bytes: Int)] = []
    func look(_ path: String, depth: Int) throws {
      let whole = path.isEmpty ? folder : "\(folder)/\(path)"
      for name in try FileManager.default.contentsOfDirectory(atPath: whole).sorted() {
        let own = path.isEmpty ? name : "\(path)/\(name)"
        var status = stat()
        guard lstat("\(folder)/\(own)", &status) == 0 else { throw failure("cannot read", own) }
        switch FileNode(status).kind {
        case .file: files.append((own, Int(status.st_size)))
        case .folder where depth == 0: try look(own, depth: 1)
        default: continue
        }
      }
    }
    try look("", depth: 0)
    return files
  }

  /// Databases that lie in a folder itself, sorted.
  static func databases(in folder: String) throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    return names.map { folder == "." ? $0 : "\(folder)/\($0)" }
      .filter { Outputs.isDatabase(OutputPlace($0)) }
  }

  /// Paths that a pattern stands for, sorted; what has no pattern stands for itself.
  ///
  /// - Throws: `Failure` where it stands for none.
  static func matching(_ pattern: String) throws(Failure) -> [String] {
    guard pattern.contains(where: { "*?[".contains($0) }), !isThere(pattern) else {
      return [pattern]
    }
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0, let paths = found.gl_pathv else {
      throw Failure(.unreadable, "no file is \(pattern)")
    }
    return (0..<Int(found.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
  }

  static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
  }

  /// With what the system has just said.
  static func failure(_ what: String, _ path: String) -> Failure {
    let code: Failure.Code = what == "cannot read" ? .unreadable : .unwritable
    return Failure(code, "\(what) \(path): \(String(cString: strerror(errno)))")
  }

  /// One for the run: all packages together stay below its limit of memory.
  static let reader = PackageReader()

  /// Reads a package, or the folder of one, and names it by its file name in findings.
  ///
  /// - Parameter form: as which a folder is taken; nil for what its sources are of.
  static func package(_ path: String, as form: FolderForm?) throws -> SolutionPackage {
    try package(content(of: path, as: form), name(of: path))
  }
}

extension Files {
  /// A package with its bytes, which an environment keeps.
  ///
  /// - Parameter form: as which a folder is taken; nil for what its sources are of.
  static func archive(_ path: String, as form: FolderForm?) throws -> Request.Archive {
    try archive(content(of: path, as: form), name: name(of: path))
  }

  /// The same, read before.
  ///
  /// - Parameter name: what findings call it.
  static func archive(_ content: PackageContent, name: String) throws -> Request.Archive {
    Request.Archive(package: try package(content, name), bytes: content.bytes)
  }

  /// What a package is called in findings: its file, or its folder.
  static func name(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard name == "." || name == ".." else { return name }
    return OutputPlace(path).target.split(separator: "/").last.map(String.init) ?? name
  }

  // MARK: Packages and their folders

  /// The bytes of a package, or of the one that a folder makes.
  enum PackageContent {
    case file([UInt8])
    case folder(FolderReader.Packed)

    var bytes: [UInt8] {
      switch self {
      case .file(let bytes): bytes
      case .folder(let packed): packed.bytes
      }
    }
  }

  /// Where a folder is named, its files are put together as `pack` does it.
  ///
  /// - Parameter form: as which a folder is taken; nil for what its sources are of.
  static func content(of path: String, as form: FolderForm?) throws -> PackageContent {
    guard FileNode(path)?.kind == .folder else {
      let bytes = try bytes(of: path)
      guard !bytes.starts(with: "SQLite format 3\0".utf8) else {
        throw Failure(
          .unreadable,
          "\(path) is an environment or another database, and no package",
          remedy: "to work in it, say --env \(path)"
        )
      }
      return .file(bytes)
    }
    let name = name(of: path)
    let folder = try folder(path, name: name)
    let isManaged = form.map { $0 == .managed }
    return .folder(try FolderReader(reader).pack(folder, isManaged: isManaged, name: name))
  }

  /// The files of an unpacked solution.
  ///
  /// - Parameter name: what findings call it.
  static func folder(_ path: String, name: String) throws -> SolutionFolder {
    guard !OutputFolder.isHalfWay(path) else {
      throw Failure(
        .unreadable,
        "cannot read \(path): strata unpack has begun to write it and did not come to an end",
        remedy: "unpack into it again"
      )
    }
    // One of several solutions in the newer layout: its own folder is named, and its components lie beside it.
    let whole = OutputPlace(path).target
    let parts = whole.split(separator: "/")
    if parts.count > 2, parts[parts.count - 2].lowercased() == "solutions",
      FileNode("\(path)/solution.yml") != nil
    {
      let root = "/" + parts.dropLast(2).joined(separator: "/")
      return try FolderInput.read(root, name: name, solution: parts.last.map(String.init))
    }
    return try FolderInput.read(path, name: name)
  }

  private static func package(
    _ content: PackageContent,
    _ name: String
  ) throws -> SolutionPackage {
    switch content {
    case .file(let bytes): try reader.read(bytes, file: name)
    case .folder(let packed): try FolderReader(reader).read(packed, name: name)
    }
  }
}

extension Files {
  /// A package with the texts in it, in which authors' rules read.
  static func authored(
    _ path: String,
    as form: FolderForm?
  ) throws -> (package: SolutionPackage, texts: [String: [UInt8]], source: AuthoredPackage.Source) {
    let content = try content(of: path, as: form)
    let package = try archive(content, name: name(of: path)).package
    let wanted = AuthoredPackage.textFiles(of: package)
    let texts = try reader.texts(of: wanted, in: content.bytes, file: package.file)
    switch content {
    case .file: return (package, texts, .archive)
    case .folder(let packed): return (package, texts, .folder { packed.origins.origin(of: $0) })
    }
  }
}
