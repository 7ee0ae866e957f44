import Faces
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

extension ByteInput {
  /// - Parameter path: `-` is standard input.
  convenience init(_ path: String) throws {
    if path != "-", let node = FileNode(path), node.kind == .stream {
      throw Failure(
        .unreadable,
        "cannot read \(path): not a file",
        remedy: "- in its place reads standard input"
      )
    }
    let file = OpenedFile(path == "-" ? dup(STDIN_FILENO) : try Files.open(path).descriptor)
    try self.init(path: path) { memory in
      let got = read(file.descriptor, memory.baseAddress, memory.count)
      guard got >= 0 else {
        throw Files.failure("cannot read", path == "-" ? "standard input" : path)
      }
      return got
    }
  }
}

/// Closed when nobody reads it any more.
private final class OpenedFile {
  let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }
}

extension CSVReader {
  init(_ path: String, delimiter: UInt8 = 0x2C) throws {
    try self.init(ByteInput(path), path: path, delimiter: delimiter)
  }
}
