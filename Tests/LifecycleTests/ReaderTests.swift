import EnvironmentSupport
import FoundationEssentials
import Lifecycle
import SQL
import SQLite
import SolutionStore
import Solutions
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Reading waits for nobody and asks for no right to write.
@Suite("Readers")
struct ReaderTests {
  private static let text = "X 1.0 by A\ntable t\ncolumn t.a nvarchar 1"

  /// A folder that goes with the value.
  private final class Folder {
    let path = TestEnvironment.newPath()
    var environment: String { "\(path)/e.strata" }

    init() throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
      chmod(path, 0o755)
      do {
        try FileManager.default.removeItem(atPath: path)
      } catch {
        print("left behind: \(path)")
      }
    }
  }

  private static func make(_ path: String) async throws {
    let id = try #require(GUID("0a1b2c3d-0000-4000-8000-000000000004"))
    let database = try SQLiteDatabase(path: path, mode: .create)
    _ = try await SolutionStore.create(in: database, id: id, at: Timestamp(milliseconds: 0))
  }

  /// Commands that only look.
  private static let reading = [
    ["list"], ["status"], ["history"], ["verify"], ["components", "X"], ["layers", "Entity:t"],
    ["rows", "t", "count"], ["trash"],
  ]

  @Test("UN-6 who reads is answered at once while another keeps the file from being written")
  func lockedByAnother() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.text)
    let program = try #require(Program.strata)
    let package = TestFile()
    try Data(PackageText(Self.text).archive()).write(to: URL(filePath: package.path))
    let (path, file) = (environment.path, package.path)
    try await environment.lifecycle.beneath.database.write { _ in
      for words in Self.reading + [["plan", file], ["rollback", "--plan"]] {
        let result = try #require(Program.run(program, words + ["--env", path]))
        // One that needed the lock would give up with status 1.
        #expect([0, 2, 3].contains(result.status), "\(words): \(result.errors)")
      }
    }
  }

  /// The modes of the file and of its folder, and of what else lies there.
  static let modes: [(file: mode_t, folder: mode_t)] = [
    (0o444, 0o755), (0o444, 0o555), (0o644, 0o555),
  ]

  @Test("UN-7 what may not be written is read, and leaves nothing beside it", arguments: modes)
  func readOnly(file: mode_t, folder mode: mode_t) async throws {
    let program = try #require(Program.strata)
    let folder = try Folder()
    try await Self.make(folder.environment)
    let imported = TestFile()
    try Data(PackageText(Self.text).archive()).write(to: URL(filePath: imported.path))
    let done = Program.run(program, ["import", imported.path, "--env", folder.environment])
    #expect(done?.status == 0)
    unlink(folder.environment + "-lock")
    let other = try Other(program)
    chmod(folder.environment, file)
    chmod(folder.path, mode)
    for words in Self.reading + [["plan", imported.path]] {
      let result = try #require(other.run(words + ["--env", folder.environment]))
      #expect([0, 2].contains(result.status), "\(words): \(result.errors)")
    }
    let result = try #require(
      other.run(["uninstall", "X", "--allow-destroy", "all", "--env", folder.environment])
    )
    #expect(result.status == 1)
    #expect(result.errors.contains("\(folder.environment) is read-only"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["e.strata"])
  }

  @Test("A log that is not merged yet is read where it can be, and named where it cannot")
  func log() async throws {
    let program = try #require(Program.strata)
    let folder = try Folder()
    try await Self.make(folder.environment)
    let other = try Other(program)
    let copy = try Folder()
    let imported = TestFile()
    try Data(PackageText(Self.text).archive()).write(to: URL(filePath: imported.path))
    let done = Program.run(program, ["import", imported.path, "--env", folder.environment])
    #expect(done?.status == 0)
    do {
      let database = try SQLiteDatabase(path: folder.environment, mode: .open)
      try await database.write { try $0.execute("UPDATE environment SET created = 1") }
      // The files beside it are for whom it was for when they were made.
      for suffix in ["", "-wal", "-shm"] { chmod(folder.environment + suffix, 0o444) }
      chmod(folder.path, 0o555)
      let result = try #require(other.run(["list", "--env", folder.environment]))
      #expect(result.output.contains("\nX     1.0"), "\(result.errors)")
      for suffix in ["", "-wal"] {
        let bytes = try Data(contentsOf: URL(filePath: folder.environment + suffix))
        try bytes.write(to: URL(filePath: copy.environment + suffix))
        chmod(copy.environment + suffix, 0o444)
      }
      chmod(folder.path, 0o755)
      withExtendedLifetime(database) {}
    }
    chmod(copy.path, 0o555)
    let result = try #require(other.run(["list", "--env", copy.environment]))
    #expect(result.status == 1)
    #expect(result.errors.contains("e.strata-wal"))
  }

  @Test(
    "A file that changes while it is read without locks is not answered from",
    .enabled(if: geteuid() != 0, "root may write whatever modes say")
  )
  func changing() async throws {
    let folder = try Folder()
    let path = folder.environment
    try await Self.make(path)
    chmod(path, 0o444)
    let database = try SQLiteDatabase(path: path, mode: .read)
    chmod(path, 0o644)
    let error = await #expect(throws: SQLError.self) {
      try await database.read { _ in
        try Data(contentsOf: URL(filePath: path)).write(to: URL(filePath: path))
      }
    }
    #expect(error?.reason == .changed)
  }

  @Test("UN-7 the lock is for whoever the environment is for, and asks for no right to write")
  func lockFile() async throws {
    let program = try #require(Program.strata)
    let folder = try Folder()
    try await Self.make(folder.environment)
    chmod(folder.environment, 0o666)
    chmod(folder.path, 0o777)
    let imported = TestFile()
    try Data(PackageText(Self.text).archive()).write(to: URL(filePath: imported.path))
    chmod(imported.path, 0o644)
    #expect(
      Program.run(program, ["import", imported.path, "--env", folder.environment])?.status == 0
    )
    var status = stat()
    #expect(stat(folder.environment + "-lock", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o666)
    chmod(folder.environment + "-lock", 0o444)
    let result = try #require(
      try Other(program).run([
        "uninstall", "X", "--allow-destroy", "all", "--env", folder.environment,
      ])
    )
    #expect(result.status == 0, "\(result.errors)")
    // Who may not open it is told that nobody knows; root opens everything.
    guard geteuid() == 0 else { return }
    chmod(folder.environment + "-lock", 0o600)
    let standing = try #require(try Other(program).run(["status", "--env", folder.environment]))
    #expect(standing.status == 0)
    #expect(standing.output.contains("not known whether something runs"))
  }

  @Test("UN-7 who may not write the environment cannot hold its lock")
  func foreignLock() async throws {
    let program = try #require(Program.strata)
    let folder = try Folder()
    try await Self.make(folder.environment)
    chmod(folder.environment, 0o644)
    let imported = TestFile()
    try Data(PackageText(Self.text).archive()).write(to: URL(filePath: imported.path))
    let lock = folder.environment + "-lock"
    // As an earlier release has made it, and somebody holds it.
    #expect(FileManager.default.createFile(atPath: lock, contents: nil))
    chmod(lock, 0o644)
    let held = open(lock, O_RDONLY)
    defer { close(held) }
    #expect(flock(held, LOCK_EX | LOCK_NB) == 0)
    let done = try #require(
      Program.run(program, ["import", imported.path, "--env", folder.environment])
    )
    #expect(done.status == 0, "\(done.errors)")
    var status = stat()
    #expect(stat(lock, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
  }

  @Test("UN-7 a lock that is a link, a pipe or a folder is told, and nothing is made through it")
  func oddLocks() async throws {
    let program = try #require(Program.strata)
    let folder = try Folder()
    try await Self.make(folder.environment)
    let imported = TestFile()
    try Data(PackageText(Self.text).archive()).write(to: URL(filePath: imported.path))
    let (lock, victim) = (folder.environment + "-lock", folder.path + "/victim")
    func refusal() throws -> String {
      let words = ["import", imported.path, "--env", folder.environment]
      let result = try #require(Program.run(program, words))
      #expect(result.status == 1)
      return result.errors
    }
    symlink(victim, lock)
    #expect(try refusal().contains("e.strata-lock, which keeps operations apart, is a link"))
    #expect(!FileManager.default.fileExists(atPath: victim))
    unlink(lock)
    mkfifo(lock, 0o600)
    #expect(try refusal().contains("is no file"))
    unlink(lock)
    mkdir(lock, 0o700)
    #expect(try refusal().contains("is no file"))
  }
}

/// Somebody else than the owner of the files: root may write whatever modes say.
private struct Other {
  private let prefix: [String]
  private let copy: TestFile?

  init(_ program: String) throws {
    guard geteuid() == 0 else {
      (prefix, copy) = ([program], nil)
      return
    }
    let copy = TestFile()
    // By another process: one of ours that is just being started would still have it open for writing.
    #expect(Program.run("cp", [program, copy.path])?.status == 0)
    chmod(copy.path, 0o755)
    (prefix, self.copy) = (
      ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", copy.path], copy
    )
  }

  func run(_ words: [String]) -> Program.Result? {
    Program.run(prefix[0], prefix.dropFirst() + words)
  }
}
