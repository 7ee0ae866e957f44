import Solutions
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Standard output and standard error of a run; nothing else writes to either.
///
/// Output is kept until there is much of it, or until the run ends, and whether it came through is known before the exit
/// status is set (docs/decisions/075). Text for people drives neither a terminal nor a build agent; what programs read is
/// exact.
enum Console {
  /// A line for people, or several, on standard output.
  static func say(_ text: Prose, terminator: Prose = "\n") {
    state.withLock { $0.say((text + terminator).text) }
  }

  /// A report for people: shown by the pager where it is longer than the terminal.
  static func show(_ report: Prose, with pager: @autoclosure () -> Pager?) {
    flush()
    if let terminal = Terminal.ofOutput {
      let lines = report.text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { PlainText.line($0) }
      if !terminal.holds(lines), let pager = pager(),
        pager.show(Array(lines.joined(separator: "\n").utf8))
      {
        return
      }
    }
    say(report, terminator: "")
  }

  /// To the byte, on standard output: what programs read.
  static func give(_ text: String) { give(Array(text.utf8)) }

  /// To the byte, on standard output: what programs read.
  static func give(_ bytes: [UInt8]) {
    state.withLock { $0.give(bytes) }
  }

  /// For people, on standard error, at once.
  static func tell(_ text: Prose) {
    state.withLock { state in
      state.flush()
      state.tell("\(text)\n")
    }
  }

  /// Whether somebody reads standard error.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// One line on standard error that is written over, on a terminal only; an empty one wipes it.
  static func progress(_ text: Prose) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    state.withLock { _ in
      _ = Descriptor.write(Array("\r\u{1B}[K\(PlainText.line(text.text))".utf8), to: STDERR_FILENO)
    }
  }

  /// Brings to standard output what was kept, before somebody is asked.
  static func flush() { state.withLock { $0.flush() } }

  /// From here on what was asked for is done, whether or not anybody reads of it.
  ///
  /// - Parameter what: as in `operation 3`.
  static func isDone(_ what: Prose) { state.withLock { $0.done = what } }

  /// - Throws: `Unread` once standard output takes nothing any more, so that long work ends early.
  static func requireReader() throws(Unread) {
    if state.withLock({ $0.failure }) != nil { throw Unread() }
  }

  /// Standard output takes nothing any more; `finish` says so.
  struct Unread: Error {}
}

// MARK: Beginning and end

extension Console {
  /// A reader that goes away and a file that is too large are errors and no signals.
  ///
  /// Descriptors 0 to 2 are never given to a file that is opened later: what was closed can be neither read nor written.
  static func begin() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      // The lowest that is free is the one that is missing.
      _ = open("/", O_RDONLY | O_DIRECTORY)
      if descriptor == STDOUT_FILENO { state.withLock { $0.isClosed = true } }
    }
  }

  /// Writes what is left, and gives the exit status: an error where output was lost, unless what was asked for is done.
  static func finish(_ status: Int32) -> Int32 {
    state.withLock { state in
      state.flush()
      if state.failure == nil, state.hasWritten, close(STDOUT_FILENO) != 0 { state.failure = errno }
      guard let failure = state.failure else { return status }
      let reason = state.isClosed ? "it is closed" : String(cString: strerror(failure))
      if let done = state.done {
        state.tell("warning: \(done) is done; standard output could not be written: \(reason)\n")
        return status
      }
      // A reader that has seen enough, such as `head`, is none to complain to.
      if failure != EPIPE { state.tell("Error: cannot write standard output: \(reason)\n") }
      return 1
    }
  }

  /// The file that standard output, or standard error, goes into; none where it is no file.
  static func stream(on node: FileNode) -> String? {
    for (descriptor, words) in [
      (STDOUT_FILENO, "standard output"), (STDERR_FILENO, "standard error"),
    ] where FileNode(descriptor)?.isSameFile(as: node) ?? false {
      return words
    }
    return nil
  }
}

extension Console {
  private static let state = Mutex(State())

  private struct State {
    /// Text of a line that is not whole yet: what an agent obeys is known by lines.
    var line = ""
    var buffer: [UInt8] = []
    var failure: Int32?
    var isClosed = false
    var hasWritten = false
    var done: Prose?

    mutating func say(_ text: String) {
      let pieces = (line + text).split(separator: "\n", omittingEmptySubsequences: false)
      for piece in pieces.dropLast() { keep(Array("\(PlainText.line(piece))\n".utf8)) }
      line = pieces.last.map(String.init) ?? ""
    }

    mutating func give(_ bytes: [UInt8]) {
      endLine()
      keep(bytes)
    }

    private mutating func endLine() {
      keep(Array(PlainText.line(line).utf8))
      line = ""
    }

    private mutating func keep(_ bytes: [UInt8]) {
      guard failure == nil else { return }
      buffer += bytes
      if buffer.count > 1 << 16 { write() }
    }

    private mutating func write() {
      guard failure == nil, !buffer.isEmpty else { return }
      hasWritten = true
      failure = Descriptor.write(buffer, to: STDOUT_FILENO)
      buffer.removeAll(keepingCapacity: true)
    }

    mutating func flush() {
      endLine()
      write()
    }

    /// Where nobody hears it there is nobody to tell that.
    func tell(_ text: String) {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let plain = lines.map { PlainText.line($0) }.joined(separator: "\n")
      _ = Descriptor.write(Array(plain.utf8), to: STDERR_FILENO)
    }
  }
}
