import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// The bytes of a file, one after the other, some at a time in memory.
final class ByteInput {
  private let descriptor: Int32
  private let path: String
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var position = 0
  private var count = 0

  init(_ path: String) throws {
    if path != "-", let node = FileNode(path), node.kind == .stream {
      throw Files.Failure(
        description: "cannot read \(path): not a file\n  → - in its place reads standard input"
      )
    }
    descriptor = path == "-" ? dup(STDIN_FILENO) : try Files.open(path).descriptor
    self.path = path
    guard descriptor >= 0 else { throw Self.failure(path) }
    try skipMark()
  }

  deinit { close(descriptor) }

  @inline(__always)
  func next() throws -> UInt8? {
    if position == count {
      guard try fill() else { return nil }
    }
    defer { position += 1 }
    return buffer[position]
  }

  /// A byte order mark is not part of the text.
  private func skipMark() throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    while count < mark.count, buffer[..<count].elementsEqual(mark[..<count]) {
      let got = try read(behind: count)
      if got == 0 { return }
      count += got
    }
    if buffer[..<count].starts(with: mark) { position = mark.count }
  }

  private func fill() throws -> Bool {
    (position, count) = (0, try read(behind: 0))
    return count > 0
  }

  private func read(behind start: Int) throws -> Int {
    let got = buffer.withUnsafeMutableBytes { bytes in
      Glibc.read(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
    }
    guard got >= 0 else { throw Self.failure(path) }
    return got
  }

  private static func failure(_ path: String) -> Files.Failure {
    Files.failure("cannot read", path == "-" ? "standard input" : path)
  }
}

/// A row file that is not what it should be.
struct RowFileError: ProseError {
  let path: String
  let line: Int
  let message: Prose

  var prose: Prose { "\(path):\(line): \(message)" }
}
