import Faces
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// What the system says of processes under /proc.
enum ProcessFiles {
  /// Why nothing can run here: libdispatch reads how busy the threads of Swift's pool are from there, and ends the program
  /// by a signal, sometimes and in the midst of a write, where it cannot (docs/decisions/077).
  static var missing: Failure? {
    let descriptor = open("/proc/self/stat", O_RDONLY | O_CLOEXEC)
    guard descriptor < 0 else {
      close(descriptor)
      return nil
    }
    return Failure(
      .noProc,
      "cannot open /proc/self/stat, without which nothing runs dependably: \(String(cString: strerror(errno)))",
      remedy: "mount -t proc proc /proc"
    )
  }
}
