#if DEBUG
  #if canImport(Glibc)
    internal import Glibc
  #elseif canImport(Darwin)
    internal import Darwin
  #endif

  /// Kills the process at a named step, as a power cut would: debug builds only, for the crash tests.
  enum Failpoint {
    static let wanted = getenv("STRATA_FAILPOINT").map { String(cString: $0) }

    /// Rows that a copy takes in one transaction, where tests have less of them.
    static let portion = getenv("STRATA_COPY_PORTION").flatMap { Int(String(cString: $0)) }

    static func hit(_ name: String) {
      if name == wanted { kill(getpid(), SIGKILL) }
    }
  }
#else
  enum Failpoint {
    static let portion: Int? = nil

    @inline(__always)
    static func hit(_ name: String) {}
  }
#endif
