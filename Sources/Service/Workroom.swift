internal import Contract
internal import Faces
internal import FoundationEssentials
internal import HTTPTypes
internal import Hashing
internal import SolutionPackages
internal import Solutions

#if canImport(Glibc)
  internal import Glibc
#endif

/// The folder in which an environment's service keeps what it was handed: packages, plans, jobs.
///
/// Files come into being whole or not at all: they are written beside their place and moved there.
struct Workroom: Sendable {
  enum Shelf: String, CaseIterable {
    case packages
    case plans
    case jobs
    /// With rows, as they were handed in.
    case files
    /// What is to be done to rows.
    case orders
  }

  private let folder: String

  /// - Throws: `Failure` where it cannot be made.
  init(_ folder: String) throws {
    self.folder = folder
    do {
      for shelf in Shelf.allCases {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(shelf.rawValue)",
          withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700]
        )
      }
      chmod(folder, 0o700)
      try sweep()
    } catch {
      throw Failure(.unwritable, "cannot make the folder \(folder): \(.foreign("\(error)"))")
    }
  }

  /// What was being written when the service was cut off.
  private func sweep() throws {
    for shelf in Shelf.allCases {
      let path = "\(folder)/\(shelf.rawValue)"
      for name in try FileManager.default.contentsOfDirectory(atPath: path)
      where name.hasSuffix(".part") {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
      }
    }
  }

  /// Names are ours alone: digits, letters, `-` and `.`, so that nothing leads out of the folder.
  private func path(_ shelf: Shelf, _ name: String) -> String {
    precondition(
      !name.hasPrefix(".")
        && name.utf8.allSatisfy { $0 == 0x2D || $0 == 0x2E || isAlphanumeric($0) },
      "names are made here"
    )
    return "\(folder)/\(shelf.rawValue)/\(name)"
  }

  private func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
  }

  /// - Throws: `Failure` where the disk takes no more.
  func write(_ bytes: [UInt8], _ shelf: Shelf, _ name: String) throws {
    var writing = try Writing(self, shelf)
    try bytes.withUnsafeBytes { try writing.add($0) }
    try writing.finish(as: name)
  }

  /// - Returns: nil where there is none.
  /// - Throws: `Failure` where it cannot be read.
  func read(_ shelf: Shelf, _ name: String) throws -> [UInt8]? {
    let path = path(shelf, name)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      return Array(try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw Failure(.unreadable, "cannot read \(path)")
    }
  }

  /// A file with rows that was handed in, to be read from its beginning.
  ///
  /// - Throws: `Failure` where it was not handed in.
  func input(_ file: Site.Package) throws -> ByteInput {
    let opened = Descriptor(try open(file))
    let path = file.file.shown(200)
    var place = 0
    return try ByteInput(path: path) { memory in
      guard let got = opened.read(at: place, into: memory) else {
        throw Failure(.unreadable, "cannot read \(path)")
      }
      place += got
      return got
    }
  }

  private func open(_ file: Site.Package) throws -> Int32 {
    guard let digest = file.digest else { throw Self.noFile(file) }
    let path = path(.files, digest.description)
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 || errno != ENOENT else { throw Self.noFile(file) }
    guard descriptor >= 0 else { throw Failure(.unreadable, "cannot read \(path)") }
    return descriptor
  }

  private static func noFile(_ file: Site.Package) -> Failure {
    Failure(
      .noSuchPackage,
      "no file with the digest \(file.sha256.shown(80)) was handed in here",
      remedy: "hand it in again",
      status: 4
    )
  }

  /// The same, of which parts are read.
  ///
  /// - Throws: `Failure` where it was not handed in.
  func parts(of file: Site.Package) throws -> MigrationReader.Bytes {
    let opened = Descriptor(try open(file))
    return MigrationReader.Bytes(count: opened.size) { opened.read(at: $0, into: $1) }
  }

  func names(_ shelf: Shelf) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(shelf.rawValue)").sorted()
  }

  func has(_ shelf: Shelf, _ name: String) -> Bool {
    FileManager.default.fileExists(atPath: path(shelf, name))
  }

  /// Others may have removed it meanwhile.
  ///
  /// - Throws: `Failure` where it stays.
  func remove(_ shelf: Shelf, _ name: String) throws {
    let path = path(shelf, name)
    guard unlink(path) == 0 || errno == ENOENT else { throw Writing.failure(path) }
  }

  /// An open file, closed when nobody holds it any more.
  fileprivate final class Descriptor: Sendable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { close(number) }

    var size: Int {
      var status = stat()
      return fstat(number, &status) == 0 ? Int(status.st_size) : 0
    }

    /// - Returns: how much of the memory was filled; nil where it cannot be read.
    func read(at place: Int, into memory: UnsafeMutableRawBufferPointer) -> Int? {
      var count = 0
      while count < memory.count, let base = memory.baseAddress {
        let got = pread(number, base + count, memory.count - count, place + count)
        guard got >= 0 else { return nil }
        guard got > 0 else { break }
        count += got
      }
      return count
    }
  }

  /// A file without a name, for an answer that is longer than memory: gone with whoever holds it.
  final class Scratch: Sendable {
    private let descriptor: Descriptor

    /// Bytes; nobody has an answer that is longer.
    private static let most = 4 << 30

    /// - Throws: `Failure` where the disk takes no more.
    init(_ room: Workroom) throws {
      let path = room.path(.files, "\(Sessions.secret().prefix(16)).part")
      descriptor = Descriptor(Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600))
      guard descriptor.number >= 0 else { throw Writing.failure(path) }
      unlink(path)
    }

    var size: Int { descriptor.size }

    /// - Throws: `Failure` where the disk takes no more.
    func write(_ bytes: [UInt8]) throws { try rewrite(at: size, bytes) }

    /// In place of what was written from there on, or behind it.
    ///
    /// - Throws: `Failure` where the disk takes no more.
    func rewrite(at place: Int, _ bytes: [UInt8]) throws {
      guard place + bytes.count <= Self.most else {
        throw Failure(.tooMuch, "the answer is longer than \(Self.most >> 30) GB", status: 4)
      }
      var done = 0
      while done < bytes.count {
        let put = bytes.withUnsafeBytes { memory in
          pwrite(
            descriptor.number,
            memory.baseAddress.map { $0 + done },
            bytes.count - done,
            place + done
          )
        }
        if put < 0 && errno == EINTR { continue }
        guard put > 0 else { throw Writing.failure("an answer") }
        done += put
      }
    }

    /// - Returns: less at the end.
    /// - Throws: `Failure` where it cannot be read.
    func read(at place: Int, _ count: Int) throws -> [UInt8] {
      var isBroken = false
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { memory, filled in
        let got = descriptor.read(at: place, into: UnsafeMutableRawBufferPointer(memory))
        (filled, isBroken) = (got ?? 0, got == nil)
      }
      guard !isBroken else { throw Failure(.unreadable, "cannot read an answer") }
      return bytes
    }
  }

  /// A file that comes in by pieces; gone again unless it is finished.
  struct Writing: ~Copyable {
    private let room: Workroom
    private let shelf: Shelf
    private let part: String
    private let descriptor: Int32
    private var isFinished = false
    private var hasher = SHA256Hasher()
    private(set) var count = 0

    init(_ room: Workroom, _ shelf: Shelf) throws {
      self.room = room
      self.shelf = shelf
      part = room.path(shelf, "\(Sessions.secret().prefix(16)).part")
      descriptor = Glibc.open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw Self.failure(part) }
    }

    deinit {
      close(descriptor)
      if !isFinished { unlink(part) }
    }

    fileprivate static func failure(_ path: String) -> Failure {
      Failure(.unwritable, "cannot write \(path): \(String(cString: strerror(errno)))")
    }

    mutating func add(_ bytes: UnsafeRawBufferPointer) throws {
      var rest = bytes
      while !rest.isEmpty {
        let done = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if done < 0 && errno == EINTR { continue }
        guard done > 0 else { throw Self.failure(part) }
        rest = UnsafeRawBufferPointer(rebasing: rest[done...])
      }
      hasher.update(bytes)
      count += bytes.count
    }

    /// - Returns: the SHA-256 of what came in.
    mutating func digest() -> SHA256Digest {
      let digest = hasher.finish()
      hasher = SHA256Hasher()
      return digest
    }

    mutating func finish(as name: String) throws {
      guard fsync(descriptor) == 0, rename(part, room.path(shelf, name)) == 0 else {
        throw Self.failure(part)
      }
      isFinished = true
    }
  }
}
