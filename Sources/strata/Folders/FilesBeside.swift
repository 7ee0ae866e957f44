import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// Reads files that a readable file names: they lie in its folder or below it, and no link leads out of there.
struct FilesBeside {
  private let folder: Int32
  /// What is left of the limit of a run.
  private var left = 256 << 20

  /// - Throws: `Failure` where the folder cannot be opened; what is wrong with a file is a problem of the blueprint.
  static func read(for blueprint: Blueprint, beside file: String) throws -> Blueprint {
    guard !blueprint.namedFiles.isEmpty else { return blueprint }
    let slash = file.lastIndex(of: "/")
    let path = slash.map { $0 == file.startIndex ? "/" : String(file[..<$0]) } ?? "."
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw Files.failure("cannot read", path) }
    defer { close(folder) }
    var files = FilesBeside(folder: folder)
    return blueprint.reading { file throws(DescribedFiles.Unread) in try files.content(of: file) }
  }

  private init(folder: Int32) { self.folder = folder }

  private mutating func content(
    of file: Blueprint.NamedFile
  ) throws(DescribedFiles.Unread) -> [UInt8] {
    guard let steps = file.steps, let name = steps.last else {
      throw .init("the file \(file.path) is not below the folder of this one")
    }
    var at = folder
    defer { if at != folder { close(at) } }
    for step in steps.dropLast() {
      let next = openat(at, step, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard next >= 0 else { throw unread(file) }
      if at != folder { close(at) }
      at = next
    }
    let descriptor = openat(at, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw unread(file) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .init("\(file.path) is no file")
    }
    let bytes = Int(status.st_size)
    guard bytes <= Blueprint.NamedFile.bytesMax, bytes <= left else {
      throw .init("the file \(file.path) is too large: it has \(bytes) bytes")
    }
    left -= bytes
    do {
      return try Files.content(of: descriptor, bytes, file.path)
    } catch {
      throw unread(file)
    }
  }

  /// With what the system has just said.
  private func unread(_ file: Blueprint.NamedFile) -> DescribedFiles.Unread {
    let reason =
      errno == ELOOP ? "links are not followed" : String(cString: strerror(errno))
    return .init("the file \(file.path) cannot be read: \(reason)")
  }
}
