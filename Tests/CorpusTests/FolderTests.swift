import Foundation
import SolutionPackages
import Solutions
import TestSupport
import Testing

/// Real packages taken apart and put together again.
@Suite(
  "Folders of real packages",
  .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout")
)
struct FolderCorpusTests {
  @Test("unpack, pack: the same package", arguments: Corpus.packages)
  func roundTrip(name: String) throws {
    let bytes = try Repository.bytes("\(Corpus.folder)/\(name)")
    let reader = FolderReader()
    let folder = try reader.unpack((bytes, name))
    #expect(try reader.unpack((bytes, name)).files == folder.files)
    let packed = try reader.pack(folder, name: name)
    #expect(packed.leftOut.map(\.path) == [])
    let (before, after) = (
      try PackageReader().read(bytes, file: name),
      try PackageReader().read(packed.bytes, file: name)
    )
    #expect(before.manifest.isManaged == packed.isManaged)
    #expect(before.lost(in: after) == [])
    #expect(after.lost(in: before) == [])
    #expect(before.components.map(\.id) == after.components.map(\.id))
    #expect(before.components.map(\.definition) == after.components.map(\.definition))
    #expect(before.carried == after.carried)
    #expect(before.frame?.files.mapValues(\.digest) == after.frame?.files.mapValues(\.digest))
    // And so for ever.
    #expect(try FolderReader().unpack((packed.bytes, name)).files == folder.files)
  }

  @Test("PF-A1 sources of both packages give each of them back")
  func both() throws {
    let all = try Corpus.packages.filter { $0.hasSuffix(".zip") }.map { try Corpus.read($0) }
    let pairs = Dictionary(grouping: all) { "\($0.name) \($0.manifest.version)" }
    var count = 0
    for (title, pair) in pairs.sorted(by: { $0.key < $1.key }) {
      guard let unmanaged = pair.first(where: { !$0.manifest.isManaged }),
        let managed = pair.first(where: { $0.manifest.isManaged })
      else { continue }
      count += 1
      let sources = try [unmanaged, managed].map {
        (bytes: try Repository.bytes("\(Corpus.folder)/\($0.file)"), file: $0.file)
      }
      let folder = try FolderReader().unpack(sources[0], managed: sources[1])
      #expect(FolderReader().form(of: folder) == .both)
      // Every file belongs to the solution, so that it follows the next package, and goes where that lacks it.
      let paths = folder.files.map(\.path)
      #expect(FolderReader.owned(among: paths) == Set(paths), "\(title)")
      for package in [unmanaged, managed] {
        let packed = try FolderReader().pack(
          folder,
          isManaged: package.manifest.isManaged,
          name: title
        )
        let again = try PackageReader().read(packed.bytes, file: title)
        #expect(package.lost(in: again) == [], "\(package.file)")
        #expect(again.lost(in: package) == [], "\(package.file)")
        #expect(package.components.map(\.definition) == again.components.map(\.definition))
      }
    }
    #expect(count > 5)
  }
}
