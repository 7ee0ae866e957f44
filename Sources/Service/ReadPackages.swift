internal import Faces
internal import Hashing
internal import Lifecycle
internal import SolutionPackages
internal import Solutions

/// The packages that were read last, each set once for all who ask for it meanwhile: the steps of one import ask for the same.
actor ReadPackages {
  private struct Kept {
    let packages: [Site.Package]
    let archives: Task<Read, any Error>
    /// Of memory; 0 while it is read.
    var bytes = 0
    var lastAsked = ContinuousClock.now
  }

  private struct Read: Sendable {
    let archives: [Request.Archive]
    let bytes: Int
  }

  private let room: Workroom
  /// The last that was asked for at the end.
  private var kept: [Kept] = []

  /// Bytes of all together.
  private let bytesMax: Int
  private static let most = 8
  private static let patience = Duration.seconds(600)

  init(_ room: Workroom, bytesMax: Int = MemoryBudget.standard / 2) {
    (self.room, self.bytesMax) = (room, bytesMax)
  }

  /// How many bytes are kept now.
  var bytes: Int { kept.map(\.bytes).reduce(0, +) }

  /// - Throws: `Failure` where one was not handed in, `PackageError` where one cannot be read.
  func archives(_ packages: [Site.Package]) async throws -> [Request.Archive] {
    let found = kept.firstIndex { $0.packages == packages }.map { kept.remove(at: $0) }
    var asked = found ?? Kept(packages: packages, archives: reading(packages))
    asked.lastAsked = .now
    kept.append(asked)
    do {
      let read = try await asked.archives.value
      note(read.bytes, of: asked.archives)
      return read.archives
    } catch {
      kept.removeAll { $0.archives == asked.archives }
      throw error
    }
  }

  private func reading(_ packages: [Site.Package]) -> Task<Read, any Error> {
    Task { [room] in
      try await Aside.run {
        let memory = MemoryBudget()
        let reader = PackageReader(memory: memory)
        let archives = try packages.map { package in
          let bytes = try room.package(package)
          return Request.Archive(package: try reader.read(bytes, file: package.file), bytes: bytes)
        }
        let packed = archives.map(\.bytes.count).reduce(0, +)
        return Read(archives: archives, bytes: packed + memory.limit - memory.left)
      }
    }
  }

  /// What takes too much goes, the one first that nobody has asked for the longest.
  private func note(_ bytes: Int, of archives: Task<Read, any Error>) {
    if let place = kept.firstIndex(where: { $0.archives == archives }) {
      kept[place].bytes = bytes
    }
    while self.bytes > bytesMax || kept.count > Self.most { kept.removeFirst() }
    Task { [weak self] in
      do { try await Task.sleep(for: Self.patience) } catch { return }
      await self?.forget()
    }
  }

  private func forget() {
    let since = ContinuousClock.now.advanced(by: .zero - Self.patience)
    kept.removeAll { $0.lastAsked <= since }
  }
}

extension Workroom {
  /// - Throws: `Failure` where it was not handed in.
  fileprivate func package(_ package: Site.Package) throws -> [UInt8] {
    guard let digest = package.digest, let bytes = try read(.packages, digest.description) else {
      throw Failure(
        .noSuchPackage,
        "no package with the digest \(package.sha256.shown(80)) was handed in here",
        remedy: "hand it in again",
        status: 4
      )
    }
    return bytes
  }
}
