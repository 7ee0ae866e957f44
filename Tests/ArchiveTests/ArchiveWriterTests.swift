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
    "PF-103 a long file, which is deflated block by block, is read as it was, and written the same each time",
    arguments: [(1 << 18) - 1, 1 << 18, (1 << 18) + 1, 3 << 18, 1_300_000]
  )
  func blocks(length: Int) throws {
    // Words that come again, also across the end of a block.
    let words = (0..<997).map { "<word number=\"\($0 &* 7919 % 997)\"/>" }.joined()
    let content = Array(Array(repeating: words, count: length / words.utf8.count + 1).joined().utf8)
    func written() throws -> [UInt8] {
      var writer = ArchiveWriter()
      try writer.add("long", Array(content.prefix(length)))
      return try writer.bytes()
    }
    let bytes = try written()
    #expect(try written() == bytes)
    #expect(bytes.count < length / 10)
    var found: [UInt8] = []
    try ArchiveReader(bytes).forEachFile { _, content in
      found = try content.whole()
      return true
    }
    #expect(found == Array(content.prefix(length)))
  }

  @Test(
    "PF-103 a file that comes in pieces is read as one, and so is what was taken before the end",
    arguments: [1, 1_000, 200_000]
  )
  func pieces(length: Int) throws {
    // Neither alike nor at random, and longer than the room that deflate is given.
    let content = (0..<300_000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }
    /// - Parameter isTaken: while a file comes, so that its beginning is written once more.
    func written(isTaken: Bool) throws -> [UInt8] {
      var writer = ArchiveWriter()
      var bytes: [UInt8] = []
      for (path, whole) in [("pieces", content), ("nothing", [])] {
        let file = try writer.open(path)
        for start in stride(from: 0, to: whole.count, by: length) {
          file.write(Array(whole[start..<min(start + length, whole.count)]))
          writer.advance(file)
          if isTaken { bytes += writer.take() }
        }
        if isTaken { bytes += writer.take() }
        let beginning = try writer.end(file)
        #expect((beginning != nil) == isTaken)
        bytes += writer.take()
        guard let beginning else { continue }
        let place = beginning.place..<beginning.place + beginning.bytes.count
        bytes.replaceSubrange(place, with: beginning.bytes)
      }
      try writer.add("after", [7])
      return bytes + (try writer.bytes())
    }
    let bytes = try written(isTaken: true)
    #expect(try written(isTaken: false) == bytes)
    var found: [String: [UInt8]] = [:]
    try ArchiveReader(bytes).forEachFile { entry, content in
      found[entry.path] = try content.whole()
      return true
    }
    #expect(found == ["pieces": content, "nothing": [], "after": [7]])
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
