internal import SQL

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A file as the system knows it, and what one may do with it.
struct FilePlace {
  let path: String

  init(_ path: String) { self.path = path }

  /// From the root.
  static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return "\(String(cString: folder))/\(path)"
  }

  var isThere: Bool { access(path, F_OK) == 0 }

  /// Makes an empty file that nobody else may read, where there is none: secrets will lie in it.
  ///
  /// Where it cannot be made, whoever opens it says why.
  ///
  /// - Returns: whether it was made here.
  func create() -> Bool {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    close(descriptor)
    return true
  }

  /// Takes the file away, and what lies beside it for it.
  ///
  /// - Throws: where it is still there.
  func remove() throws(SQLError) {
    let file = resolved
    guard unlink(file) == 0 || errno == ENOENT else {
      throw SQLError(
        .noPrivilege,
        "cannot remove \(path): \(Self.reason)",
        way: "its folder has to be yours to write"
      )
    }
    // The lock comes last: until then nobody else begins.
    for suffix in SQLiteDatabase.companions { unlink(file + suffix) }
    if file != path { unlink(path) }
  }

  /// SQLite takes whatever lies beside a file under such a name for a part of it, and throws it away.
  ///
  /// - Throws: where a new file would be taken for a part of another, or another file for a part of it.
  func requireApart() throws(SQLError) {
    for suffix in SQLiteDatabase.companions where path.hasSuffix(suffix) {
      let other = String(path.dropLast(suffix.count))
      guard let status = Self.status(other), status.st_mode & S_IFMT == S_IFREG else { continue }
      throw SQLError(
        .foreign,
        "\(path) would belong to \(other), which is there",
        way: "name another file"
      )
    }
    guard !isThere else { return }
    for suffix in SQLiteDatabase.companions.dropLast() where Self.status(path + suffix) != nil {
      throw SQLError(
        .foreign,
        "\(path)\(suffix) is there, and would be taken for a part of \(path)",
        way: "move it away, or name another file"
      )
    }
  }

  /// - Throws: where there is no file to open.
  func check() throws(SQLError) {
    guard let status = Self.status(path) else {
      guard errno == ENOENT || errno == ENOTDIR else {
        throw SQLError(.noPrivilege, "cannot read \(path): \(Self.reason)")
      }
      throw SQLError(.missing, "\(path) does not exist")
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw SQLError(.folder, "\(path) is a folder")
    }
    // Whoever opens a pipe waits for others.
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw SQLError(.foreign, "\(path) is not a file")
    }
    guard access(path, R_OK) == 0 else {
      throw SQLError(.noPrivilege, "cannot read \(path): \(Self.reason)")
    }
  }

  /// In words; nil where one may write.
  ///
  /// The log needs a place beside the file.
  var whyReadOnly: String? {
    if access(path, W_OK) != 0 { return Self.reason }
    guard access(log, F_OK) != 0, access(folder, W_OK) != 0 else { return nil }
    return "its folder: \(Self.reason)"
  }

  /// Whether all is in the file itself.
  var logIsEmpty: Bool { (Self.status(log)?.st_size ?? 0) == 0 }

  /// Equal ones are of the same bytes, as far as the system tells.
  var stamp: FileStamp? {
    guard let status = Self.status(path), logIsEmpty else { return nil }
    #if canImport(Darwin)
      let changed = status.st_mtimespec
    #else
      let changed = status.st_mtim
    #endif
    return FileStamp(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      node: UInt64(truncatingIfNeeded: status.st_ino),
      size: Int(status.st_size),
      seconds: Int(changed.tv_sec),
      nanoseconds: Int(changed.tv_nsec)
    )
  }

  /// For SQLite: a file that nobody changes, so that neither locks nor files beside it are needed.
  var immutableURI: String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
    var uri = "file:"
    for byte in path.utf8 {
      let digits = String(byte, radix: 16)
      uri +=
        plain.contains(byte)
        ? String(UnicodeScalar(byte)) : "%" + (digits.utf8.count == 1 ? "0" : "") + digits
    }
    return uri + "?immutable=1"
  }

  private var log: String { "\(resolved)-wal" }

  private var folder: String {
    guard let slash = resolved.lastIndex(of: "/") else { return "." }
    return slash == resolved.startIndex ? "/" : String(resolved[..<slash])
  }

  /// By whatever link it is reached: SQLite keeps its log beside the file itself.
  var resolved: String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Of a database with its log, in bytes.
  static func size(of path: String) -> Int {
    ["", "-wal"].reduce(0) { $0 + Int(status(path + $1)?.st_size ?? 0) }
  }

  static func status(_ path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }

  /// Of what the system has just refused.
  private static var reason: String { String(cString: strerror(errno)) }
}

/// What a file was at a moment.
struct FileStamp: Equatable, Sendable {
  let device: UInt64
  let node: UInt64
  let size: Int
  let seconds: Int
  let nanoseconds: Int
}
