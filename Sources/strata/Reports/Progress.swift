import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// How far long work has come: on standard error, on a terminal only, one line that is written over.
enum Progress {
  static func show(_ text: String) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    write("\r\u{1B}[K\(text)")
  }

  static func end() {
    guard isatty(STDERR_FILENO) == 1 else { return }
    write("\r\u{1B}[K")
  }

  static func counting(_ progress: CountingProgress) {
    let share = progress.rowsMax == 0 ? 100 : progress.rows * 100 / progress.rowsMax
    show("Counting what is lost in \(progress.table): \(share) %")
    if progress.rows >= progress.rowsMax { end() }
  }

  /// An error that ends in a status of its own.
  static func fail(_ error: any Error) {
    end()
    write("Error: \(error)\n")
  }

  /// What people should know beside the answer.
  static func note(_ text: String) {
    end()
    write("\(text)\n")
  }

  private static func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
