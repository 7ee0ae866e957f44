#if canImport(Glibc)
  import Glibc
#endif

/// Bytes to what is open.
enum Descriptor {
  /// All of them, however often the system takes only some.
  ///
  /// - Returns: the system's number of the error; nil where all are written.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var done = 0
    while done < bytes.count {
      let written = bytes[done...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if written > 0 {
        done += written
        continue
      }
      guard written < 0 else { return EIO }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        // Whoever shares it has made it one that does not wait.
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&ready, 1, -1)
      case let error: return error
      }
    }
    return nil
  }
}

/// What the system knows a file by, whatever names it has.
struct FileNode: Equatable {
  enum Kind {
    case file
    case folder
    /// A device, a pipe, a socket: takes bytes one after the other.
    case stream
    /// A device that holds others' files.
    case disk
  }

  let device: UInt64
  let number: UInt64
  let mode: mode_t
  let owner: uid_t
  let group: gid_t

  /// What stands at a path, through links; nil where nothing does.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// What is open; nil where nothing is.
  init?(_ descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
    mode = status.st_mode
    (owner, group) = (status.st_uid, status.st_gid)
  }

  var kind: Kind {
    switch mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFBLK: .disk
    default: .stream
    }
  }

  static func == (one: FileNode, other: FileNode) -> Bool {
    one.device == other.device && one.number == other.number
  }

  /// Streams have no content that could be lost.
  func isSameFile(as other: FileNode) -> Bool { self == other && kind == .file }
}
