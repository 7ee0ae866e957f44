import Dataverse
import Faces
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// What a pull was told so far, beside the file that it is to write; it goes when that file is there.
final class JournalFile: PullJournal {
  let path: String
  private let descriptor: Int32

  /// - Parameter output: the file that is to be written in the end.
  init(beside output: String) throws {
    path = output + ".part"
    descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Files.failure("cannot write", path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw Failure(.busy, "\(path) is being written: another pull is on its way")
    }
  }

  deinit { close(descriptor) }

  func read(at offset: Int, atMost count: Int) throws -> [UInt8] {
    var isBroken = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let memory = UnsafeMutableRawBufferPointer(buffer)
      let got = Files.readPart(of: descriptor, at: offset, into: memory)
      isBroken = got == nil
      filled = got ?? 0
    }
    guard !isBroken else { throw Files.failure("cannot read", path) }
    return bytes
  }

  /// Leaves the first bytes, and goes on behind them.
  func keep(_ length: Int) throws {
    guard ftruncate(descriptor, length) == 0, lseek(descriptor, 0, SEEK_END) == length else {
      throw Files.failure("cannot write", path)
    }
  }

  func append(_ line: [UInt8]) throws {
    if let error = Descriptor.write(line, to: descriptor) {
      errno = error
      throw Files.failure("cannot write", path)
    }
  }

  /// The file that it was kept for is there.
  func remove() { unlink(path) }
}
