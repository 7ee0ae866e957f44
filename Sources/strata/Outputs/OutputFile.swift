import Faces
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// One output while it is written.
///
/// A file takes its name only when it is whole and on the disk; whatever happens before, what stood there stays and nothing
/// is left behind. It keeps its mode. A device or a pipe is written into.
final class OutputFile {
  private let place: OutputPlace
  private let descriptor: Int32
  /// Where it lies meanwhile; nil where it has no name, or is no file.
  private var interim: String?

  /// - Parameter isPrivate: nobody else may read it, where it is new.
  /// - Throws: `Failure`
  init(_ place: OutputPlace, isPrivate: Bool) throws {
    self.place = place
    guard place.node?.kind != .stream else {
      // A pipe without a reader waits for one, as everywhere.
      descriptor = open(place.path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
      guard descriptor >= 0 else { throw Self.failure(place) }
      guard let node = FileNode(descriptor), node == place.node, node.kind == .stream else {
        close(descriptor)
        throw Self.moved(place)
      }
      return
    }
    // What replaces a file has its mode at the end, and nobody reads it before.
    let mode: mode_t = isPrivate || place.node != nil ? 0o600 : 0o666
    (descriptor, interim) = Self.interim(in: place.folder, mode)
    guard descriptor >= 0 else { throw Self.failure(place) }
  }

  deinit {
    close(descriptor)
    if let interim { unlink(interim) }
  }

  /// - Throws: `Failure`
  func write(_ bytes: [UInt8]) throws {
    if let error = Descriptor.write(bytes, to: descriptor) {
      errno = error
      throw Self.failure(place)
    }
  }

  /// Whether one can go back in it.
  var isFile: Bool { place.node?.kind != .stream }

  /// Bytes in place of some that were written.
  ///
  /// - Parameter start: of the file, where those begin.
  /// - Throws: `Failure`
  func rewrite(at start: Int, _ bytes: [UInt8]) throws {
    guard lseek(descriptor, start, SEEK_SET) == start else { throw Self.failure(place) }
    try write(bytes)
    guard lseek(descriptor, 0, SEEK_END) >= 0 else { throw Self.failure(place) }
  }

  /// Gives it its name.
  ///
  /// - Throws: `Failure`; then what stood there stands there still.
  func commit() throws {
    guard place.node?.kind != .stream else { return }
    if let node = place.node {
      // The owner stays, too, where one may say so.
      if node.owner != geteuid() || node.group != getegid() {
        _ = fchown(descriptor, node.owner, node.group)
      }
      guard fchmod(descriptor, node.mode & 0o7777) == 0 else { throw Self.failure(place) }
    }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw Self.failure(place) }
    guard place.isUnchanged else { throw Self.moved(place) }
    if interim == nil {
      if place.node == nil, link(to: place.target) { return sync() }
      let name = Self.name(in: place.folder)
      guard link(to: name) else { throw Self.failure(place) }
      interim = name
    }
    guard let interim, rename(interim, place.target) == 0 else { throw Self.failure(place) }
    self.interim = nil
    sync()
  }

  /// The name is on the disk as well.
  private func sync() {
    let folder = open(place.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  /// A name for what has none.
  private func link(to path: String) -> Bool {
    linkat(AT_FDCWD, Self.nameless(descriptor), AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
  }

  private static func nameless(_ descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

  /// Beside the file itself; without a name where the system can, so that nothing is left when the process is killed.
  private static func interim(in folder: String, _ mode: mode_t) -> (Int32, String?) {
    // O_TMPFILE, which C spells as an expression.
    let temporary = 0o20_000_000 | O_DIRECTORY
    let unnamed = open(folder, O_WRONLY | O_CLOEXEC | temporary, mode)
    if unnamed >= 0 {
      if access(nameless(unnamed), F_OK) == 0 { return (unnamed, nil) }
      close(unnamed)
    }
    let name = name(in: folder)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let named = open(name, flags, mode)
    return (named, named >= 0 ? name : nil)
  }

  private static func name(in folder: String) -> String {
    "\(folder)/.strata-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
  }

  private static func failure(_ place: OutputPlace) -> Failure {
    Files.failure("cannot write", place.path)
  }

  private static func moved(_ place: OutputPlace) -> Failure {
    Failure(
      .wouldOverwrite,
      "cannot write \(place.path): something else has taken its place meanwhile"
    )
  }
}
