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

  deinit { close(descriptor) }

  /// nil when another process, or another part of this one, has it.
  static func take(_ path: String) throws(SQLError) -> FileClaim? {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw SQLError(
        code: "strata.lock",
        message: "cannot open \(path): \(String(cString: strerror(errno)))"
      )
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    return FileClaim(descriptor: descriptor)
  }
}
