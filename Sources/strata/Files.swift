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

  /// Reads a package and names it by its file name in findings.
  static func package(_ path: String) throws -> SolutionPackage {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return try reader.read(try bytes(of: path), file: name)
  }
}

extension Files {
  /// A package with its bytes, which an environment keeps.
  static func archive(_ path: String) throws -> Request.Archive {
    try archive(path, try bytes(of: path))
  }

  /// The same, read before.
  ///
  /// - Parameter name: what findings call it; its file's where there is none.
  static func archive(
    _ path: String,
    _ bytes: [UInt8],
    name: String? = nil
  ) throws -> Request.Archive {
    let name = name ?? path.split(separator: "/").last.map(String.init) ?? path
    return Request.Archive(package: try reader.read(bytes, file: name), bytes: bytes)
  }
}

extension Files {
  /// A package with the texts in it, in which authors' rules read.
  static func authored(
    _ path: String
  ) throws -> (package: SolutionPackage, texts: [String: [UInt8]]) {
    let archive = try archive(path)
    let package = archive.package
    let wanted = AuthoredPackage.textFiles(of: package)
    return (package, try reader.texts(of: wanted, in: archive.bytes, file: package.file))
  }
}
