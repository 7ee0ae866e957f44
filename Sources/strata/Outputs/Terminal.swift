#if canImport(Glibc)
  import Glibc
#endif

/// How much of standard output is seen at once.
struct Terminal: Equatable {
  let rows: Int
  let columns: Int

  /// nil where standard output is no terminal; 0 for what the terminal does not say.
  static var ofOutput: Terminal? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    var size = winsize()
    let output = STDOUT_FILENO
    guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0 else { return Terminal(rows: 0, columns: 0) }
    return Terminal(rows: Int(size.ws_row), columns: Int(size.ws_col))
  }

  /// Whether lines and the prompt below them stand on it; on one of unknown size everything does.
  func holds(_ lines: [String]) -> Bool {
    guard rows > 0 else { return true }
    var taken = 0
    for line in lines {
      let width = TextWrap.width(line)
      taken += columns > 0 ? max(1, width / columns + (width % columns == 0 ? 0 : 1)) : 1
      if taken >= rows { return false }
    }
    return true
  }
}
