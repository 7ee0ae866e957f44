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
    let descriptor = openOrCreate(path, like: file)
    guard descriptor >= 0 else { throw failure(path) }
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

  /// Who may open it for the environment may open it, whatever the mask of this process says.
  private static func openOrCreate(_ path: String, like file: String) -> Int32 {
    while true {
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      if descriptor >= 0 || errno != ENOENT { return descriptor }
      let status = FilePlace.status(file)
      let mode = (status?.st_mode ?? 0o644) & 0o777
      let created = open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
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
    let reason = String(cString: strerror(errno))
    return SQLError(
      .noPrivilege,
      "cannot open \(path), which keeps operations apart: \(reason)"
        + "\n  → its owner can make it readable, or remove it while no operation runs"
    )
  }

  /// Where one cannot look, nobody can be said not to have it.
  static func isTaken(beside file: String) -> Bool {
    let descriptor = open(path(beside: file), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno != ENOENT }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return true }
    flock(descriptor, LOCK_UN)
    return false
  }

  /// Beside the file itself, by whatever link it was reached.
  private static func path(beside file: String) -> String { "\(FilePlace(file).resolved)-lock" }
}
