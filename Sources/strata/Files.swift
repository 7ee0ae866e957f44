import FoundationEssentials
import Lifecycle
import SolutionPackages
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// Reading and writing files by path; errors name the path.
enum Files {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  static func bytes(of path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot read", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("cannot read", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(description: "cannot read \(path): not a file")
    }
    let size = Int(status.st_size)
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

  /// An environment holds people's data: no output takes its place.
  static func refuseDatabase(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let magic = Array("SQLite format 3\0".utf8)
    var start = [UInt8](repeating: 0, count: magic.count)
    guard read(descriptor, &start, start.count) == magic.count, start == magic else { return }
    throw Failure(description: "\(path) is a database; nothing was written\n  → name another file")
  }

  static func write(_ text: String, to path: String) throws {
    try refuseDatabase(path)
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw failure("cannot write", path)
    }
  }

  static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
  }

  private static func failure(_ what: String, _ path: String) -> Failure {
    Failure(description: "\(what) \(path): \(String(cString: strerror(errno)))")
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
  static func archive(_ path: String, _ bytes: [UInt8]) throws -> Request.Archive {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return Request.Archive(package: try reader.read(bytes, file: name), bytes: bytes)
  }
}

extension PackageError: CustomStringConvertible {
  /// What went wrong, where, and the way out.
  public var description: String {
    var lines = ["\(file): \(finding.message) (\(finding.code), \(finding.rule.id))"]
    if let at = finding.at, at.line > 0 { lines.append("  at \(at.file):\(at.line)") }
    if let remedy = Remedies.sentence(of: finding) { lines.append("  → \(remedy)") }
    return lines.joined(separator: "\n")
  }
}
