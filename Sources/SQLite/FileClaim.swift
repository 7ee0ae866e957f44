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
  static func take(_ path: String) throws(SQLError) -> FileClaim? {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw SQLError(
        code: "strata.lock",
        message: "cannot open \(path): \(String(cString: strerror(errno)))"
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

  static func isTaken(_ path: String) throws(SQLError) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return false }
      throw SQLError(
        code: "strata.lock",
        message: "cannot open \(path): \(String(cString: strerror(errno)))"
      )
    }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return true }
    flock(descriptor, LOCK_UN)
    return false
  }

  /// Beside the file itself, by whatever link it was reached.
  static func path(beside file: String) -> String {
    guard let resolved = realpath(file, nil) else { return "\(file)-lock" }
    defer { free(resolved) }
    return "\(String(cString: resolved))-lock"
  }
}
