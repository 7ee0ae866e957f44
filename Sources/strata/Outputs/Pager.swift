import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#endif

/// A program that shows what is longer than the terminal, chosen as git chooses its own (docs/decisions/111).
struct Pager {
  /// As a shell reads it.
  let command: String

  /// `STRATA_PAGER`, else `PAGER`, else less.
  ///
  /// - Parameter endFirst: whether less begins at the end, where a refusal is told.
  /// - Returns: nil where text is to be printed at once: the variable is empty or `cat`, or the terminal moves no cursor.
  init?(in variables: [String: String], endFirst: Bool) {
    if let chosen = variables["STRATA_PAGER"] ?? variables["PAGER"] {
      guard !chosen.allSatisfy(\.isWhitespace), chosen != "cat" else { return nil }
      command = chosen
    } else {
      guard let terminal = variables["TERM"], terminal != "dumb" else { return nil }
      // Where there is none, nothing is said of it.
      command =
        "command -v less > /dev/null 2>&1 || exit 127; exec less -FRX\(endFirst ? " +G" : "")"
    }
  }

  /// Of this program's own variables.
  init?(endFirst: Bool) { self.init(in: Self.variables, endFirst: endFirst) }

  private static var variables: [String: String] { ProcessInfo.processInfo.environment }

  /// Shows a text, and waits until it was seen.
  ///
  /// Whoever leaves before the end has seen enough.
  ///
  /// - Returns: false where the program did not start, so that nothing was shown.
  func show(_ text: [UInt8]) -> Bool {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return false }
    let (source, sink) = (ends[0], ends[1])
    _ = fcntl(source, F_SETFD, FD_CLOEXEC)
    _ = fcntl(sink, F_SETFD, FD_CLOEXEC)
    // Keys that stop something are for the pager, as long as it is there.
    let interrupt = signal(SIGINT, SIG_IGN)
    let quit = signal(SIGQUIT, SIG_IGN)
    defer {
      signal(SIGINT, interrupt)
      signal(SIGQUIT, quit)
    }
    let child = start(reading: source)
    close(source)
    if child != nil { _ = Descriptor.write(text, to: sink) }
    close(sink)
    guard let child else { return false }
    var status: Int32 = 0
    while waitpid(child, &status, 0) == -1, errno == EINTR {}
    // What a shell says of a command that it cannot find, or cannot run.
    return status != 127 << 8 && status != 126 << 8
  }

  /// A shell with the command; its signals are what they are for a program that somebody types.
  private func start(reading source: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    guard posix_spawnattr_init(&attributes) == 0 else { return nil }
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawn_file_actions_adddup2(&actions, source, STDIN_FILENO)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGPIPE, SIGXFSZ, SIGINT, SIGQUIT] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    // Colors pass, and what fits on the screen is no reason to wait.
    let variables = ["LESS": "FRX", "LV": "-c"].merging(Self.variables) { $1 }
    var words = Self.copies(["sh", "-c", command])
    var settings = Self.copies(variables.map { "\($0)=\($1)" })
    defer { for text in words + settings { free(text) } }
    var child: pid_t = 0
    let error = posix_spawn(&child, "/bin/sh", &actions, &attributes, &words, &settings)
    return error == 0 ? child : nil
  }

  /// As C takes a list; whoever asks frees them.
  private static func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { (text: String) -> UnsafeMutablePointer<CChar>? in strdup(text) } + [nil]
  }
}
