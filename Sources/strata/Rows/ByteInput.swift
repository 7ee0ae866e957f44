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
    descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
    self.path = path
    guard descriptor >= 0 else { throw Self.failure(path) }
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

  private func fill() throws -> Bool {
    let got = read(descriptor, &buffer, buffer.count)
    guard got >= 0 else { throw Self.failure(path) }
    (position, count) = (0, got)
    return got > 0
  }

  private static func failure(_ path: String) -> Files.Failure {
    Files.Failure(description: "cannot read \(path): \(String(cString: strerror(errno)))")
  }
}

/// A row file that is not what it should be.
struct RowFileError: Error, CustomStringConvertible {
  let path: String
  let line: Int
  let message: String

  var description: String { "\(path):\(line): \(message)" }
}
