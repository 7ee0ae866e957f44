internal import SQL

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A lock on an empty file beside the database; the system drops it with the process.
final class FileClaim: SQLClaim {
  private let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  /// Closing alone would leave it with a process that is just being started and has not shed its copy yet.
  deinit {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// nil when another process, or another part of this one, has it.
  ///
  /// A lock needs no right to write the file that it is on.
  static func take(beside file: String) throws(SQLError) -> FileClaim? {
    let path = path(beside: file)
    replaceOpenOne(path, like: file)
    let descriptor = openOrCreate(path, like: file)
    guard descriptor >= 0 else { throw failure(path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw SQLError(
        .foreign,
        "\(path), which keeps operations apart, is no file",
        way: "remove it"
      )
    }
    for _ in 0..<triesMax {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return FileClaim(descriptor: descriptor) }
      // Those who only look share the lock for a moment; with one who has the claim nobody shares it.
      guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { break }
      flock(descriptor, LOCK_UN)
      sched_yield()
    }
    close(descriptor)
    return nil
  }

  private static let triesMax = 1000

  /// Never through a link, and never waiting for whoever is at the other end of a pipe.
  private static let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK

  /// Who may write the environment may open its lock, and nobody else: a lock that can be opened can be held.
  private static func mode(like file: String) -> mode_t {
    let writing = (FilePlace.status(file)?.st_mode ?? 0o600) & 0o222
    return 0o600 | writing | writing << 1
  }

  /// A lock that those can hold who may not write the environment gives way to one that they cannot.
  private static func replaceOpenOne(_ path: String, like file: String) {
    let mode = mode(like: file)
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_mode & 0o444 & ~mode != 0, status.st_uid == geteuid() || geteuid() == 0
    else { return }
    let new = "\(path)-\(getpid())"
    let descriptor = open(new, flags | O_CREAT | O_EXCL, mode)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    _ = fchmod(descriptor, mode)
    if geteuid() == 0 { _ = fchown(descriptor, status.st_uid, status.st_gid) }
    if rename(new, path) != 0 { unlink(new) }
  }

  /// Whatever the mask of this process says.
  private static func openOrCreate(_ path: String, like file: String) -> Int32 {
    while true {
      let descriptor = open(path, flags)
      if descriptor >= 0 || errno != ENOENT { return descriptor }
      let (status, mode) = (FilePlace.status(file), mode(like: file))
      let created = open(path, flags | O_CREAT | O_EXCL, mode)
      if created >= 0 {
        // Not where the file system has no modes or owners: then there is nothing to be kept out by.
        _ = fchmod(created, mode)
        if let status, geteuid() == 0 { _ = fchown(created, status.st_uid, status.st_gid) }
        return created
      }
      // Another was faster, and its file can be opened now.
      guard errno == EEXIST else { return created }
    }
  }

  private static func failure(_ path: String) -> SQLError {
    guard errno != ELOOP else {
      return SQLError(
        .foreign,
        "\(path), which keeps operations apart, is a link",
        way: "remove it; it is made anew"
      )
    }
    let reason = String(cString: strerror(errno))
    return SQLError(
      .noPrivilege,
      "cannot open \(path), which keeps operations apart: \(reason)",
      way: "its owner can make it readable, or remove it while no operation runs"
    )
  }

  /// nil where one cannot look: then nobody can be said to have it or not.
  static func isTaken(beside file: String) -> Bool? {
    let descriptor = open(path(beside: file), flags)
    guard descriptor >= 0 else { return errno == ENOENT ? false : nil }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return true }
    flock(descriptor, LOCK_UN)
    return false
  }

  /// Beside the file itself, by whatever link it was reached.
  private static func path(beside file: String) -> String { "\(FilePlace(file).resolved)-lock" }
}
