import EnvironmentSupport
import Hashing
import Lifecycle
import Solutions
import TestSupport
import Testing

@testable import Service

/// Packages that several steps of an import ask for.
@Suite("Packages that were read")
final class ReadPackagesTests {
  private let folder: String
  private let room: Workroom

  init() throws {
    folder = TestEnvironment.newPath()
    room = try Workroom(folder)
  }

  deinit { _ = Program.run("/bin/rm", ["-rf", folder]) }

  private func handIn(_ text: String) throws -> Site.Package {
    let bytes = PackageText(text).archive()
    let digest = SHA256Digest(of: bytes).description
    try room.write(bytes, .packages, digest)
    return Site.Package(sha256: digest, file: "x.zip")
  }

  @Test("A package is read once for all who ask for it meanwhile, and kept for who asks next")
  func once() async throws {
    let read = ReadPackages(room)
    let package = try handIn("X 1.0 by A\ntable t")
    async let first = read.archives([package])
    async let second = read.archives([package])
    let names = try await (first + second).map(\.package.name.text)
    #expect(names == ["X", "X"])
    let bytes = await read.bytes
    #expect(bytes > 0)
    // What is kept is not looked for again.
    try room.remove(.packages, package.sha256)
    #expect(try await read.archives([package]).count == 1)
    #expect(await read.bytes == bytes)
  }

  @Test("What is kept stays below its limit, and what cannot be read is not kept")
  func bounded() async throws {
    let packages = try (1...12).map { try handIn("X\($0) 1.0 by A\ntable t\($0)") }
    let one = ReadPackages(room)
    _ = try await one.archives([packages[0]])
    let read = ReadPackages(room, bytesMax: await one.bytes * 3)
    for package in packages { _ = try await read.archives([package]) }
    #expect(await read.bytes <= one.bytes * 3)
    let none = ReadPackages(room, bytesMax: 0)
    #expect(try await none.archives([packages[0]]).count == 1)
    #expect(await none.bytes == 0)
    let missing = Site.Package(sha256: String(repeating: "0", count: 64), file: "x.zip")
    await #expect(throws: (any Error).self) { try await read.archives([missing]) }
  }
}
