#if DEBUG
  #if canImport(Glibc)
    internal import Glibc
  #elseif canImport(Darwin)
    internal import Darwin
  #endif

  /// Kills the process at a named step, as a power cut would: debug builds only, for the crash tests.
  enum Failpoint {
    static let wanted = getenv("STRATA_FAILPOINT").map { String(cString: $0) }

    static func hit(_ name: String) {
      if name == wanted { kill(getpid(), SIGKILL) }
    }
  }
#else
  enum Failpoint {
    @inline(__always)
    static func hit(_ name: String) {}
  }
#endif
