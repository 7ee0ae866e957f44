import Archive
import FoundationEssentials
import TestSupport
import Testing

@Suite("Archives that are written")
struct ArchiveWriterTests {
  private static let entries: [(path: String, content: [UInt8])] = [
    ("customizations.xml", Array(String(repeating: "<a>text</a>", count: 500).utf8)),
    ("b/empty", []),
    ("b/ünï.txt", Array("x".utf8)),
    ("b/noise", (0..<4_000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 2_654_435_761 >> 11) }),
  ]

  private func written() throws -> [UInt8] {
    var writer = ArchiveWriter()
    for (path, content) in Self.entries { try writer.add(path, content) }
    return try writer.bytes()
  }

  @Test("PF-103 what is written is read, in its order, and the same gives the same bytes")
  func read() throws {
    let bytes = try written()
    #expect(try written() == bytes)
    var found: [(String, [UInt8])] = []
    try ArchiveReader(bytes).forEachFile { entry, content in
      found.append((entry.path, try content.whole()))
      return true
    }
    #expect(found.map(\.0) == Self.entries.map(\.path))
    #expect(found.map(\.1) == Self.entries.map(\.content))
  }

  @Test(
    "PF-103 another reader reads it: no extra fields, no descriptors, deflated where that helps"
  )
  func independent() throws {
    let path =
      "\(FileManager.default.temporaryDirectory.path)/strata-zip-\(UInt64.random(in: 0 ... .max)).zip"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(written()).write(to: URL(filePath: path))
    let script = """
      import zipfile, sys
      z = zipfile.ZipFile(sys.argv[1])
      assert z.testzip() is None
      for i in z.infolist():
        print(i.filename, i.file_size, i.compress_type, i.flag_bits, len(i.extra), i.date_time[0])
      """
    let result = try #require(Program.run("python3", ["-c", script, path]))
    #expect(
      result.output == """
        customizations.xml 5500 8 0 0 1980
        b/empty 0 0 0 0 1980
        b/ünï.txt 1 0 2048 0 1980
        b/noise 4000 \(result.output.contains("noise 4000 0") ? 0 : 8) 0 0 1980

        """,
      "\(result.errors)"
    )
  }
}
