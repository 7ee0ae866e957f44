import Archive
import TestSupport
import Testing

@Suite("Archives")
struct ArchiveTests {
  private func zip(_ entries: [(String, String)]) -> [UInt8] {
    var zip = ZipWriter()
    for (path, content) in entries { zip.add(path, Array(content.utf8)) }
    return zip.bytes()
  }

  private func contents(_ bytes: [UInt8], limits: ArchiveLimits = .standard) throws -> [String] {
    var contents: [String] = []
    try ArchiveReader(bytes, limits: limits).forEachFile { entry, content in
      let text = String(decoding: try content.whole(), as: UTF8.self)
      contents.append("\(entry.path)=\(text)")
      return true
    }
    return contents
  }

  private func reason(
    _ bytes: [UInt8],
    limits: ArchiveLimits = .standard
  ) -> ArchiveError.Reason? {
    do {
      _ = try contents(bytes, limits: limits)
      return nil
    } catch let error as ArchiveError {
      return error.reason
    } catch {
      return nil
    }
  }

  @Test("Files come in the order of the archive, folders do not")
  func reads() throws {
    #expect(
      try contents(zip([("b.txt", "2"), ("d/", ""), ("d/a.txt", "1")])) == ["b.txt=2", "d/a.txt=1"]
    )
    #expect(try ArchiveReader(zip([("a", "1")])).container == .zip)
  }

  @Test("A real archive with deflated entries reads")
  func deflated() throws {
    let reader = try ArchiveReader(
      try Repository.bytes("Examples/FieldService_1_0_0_0_managed.zip")
    )
    #expect(reader.entries.map(\.path).prefix(2) == ["customizations.xml", "solution.xml"])
  }

  @Test(
    "PF-1102 a name that means another place is refused",
    arguments: [
      ("../a", ArchiveError.Reason.pathTraversal), ("a/../../b", .pathTraversal),
      ("a/..", .pathTraversal), ("/a", .absoluteName), ("c:/a", .absoluteName),
      ("C:a", .absoluteName), ("..\\a", .pathTraversal), ("a//b", .invalidName),
      ("./a", .invalidName), ("a\u{1}b", .invalidName),
      (String(repeating: "n", count: 1_025), .nameTooLong),
      (Array(repeating: "d", count: 33).joined(separator: "/"), .tooDeep),
    ]
  )
  func names(path: String, expected: ArchiveError.Reason) {
    #expect(reason(zip([(path, "x")])) == expected)
  }

  @Test("PF-103 a name may occur once, whatever its case", arguments: ["a.xml", "A.XML"])
  func duplicates(second: String) {
    #expect(reason(zip([("a.xml", "1"), (second, "2")])) == .duplicateName)
  }

  @Test("Links and devices are refused", arguments: [0o120777, 0o020666] as [UInt32])
  func links(mode: UInt32) {
    var zip = ZipWriter()
    zip.add("a", Array("/etc/passwd".utf8), lies: .init(mode: mode))
    #expect(reason(zip.bytes()) == .link)
  }

  @Test("Encrypted entries are refused")
  func encrypted() {
    var zip = ZipWriter()
    zip.add("a", Array("secret".utf8), lies: .init(flags: 0x0801))
    #expect(reason(zip.bytes()) == .encrypted)
  }

  @Test("An entry that is not as long as it says is refused", arguments: [3, 5, 5_000_000])
  func sizes(size: Int) {
    var zip = ZipWriter()
    zip.add("a", Array("1234".utf8), lies: .init(size: size))
    #expect(reason(zip.bytes()) != nil)
  }

  @Test("Limits are inclusive")
  func limits() {
    let archive = zip([("a", "123"), ("b", "456")])
    var limits = ArchiveLimits.standard
    limits.entries = 2
    limits.totalBytes = 6
    limits.bytesPerEntry = 3
    #expect(reason(archive, limits: limits) == nil)
    limits.entries = 1
    #expect(reason(archive, limits: limits) == .tooManyEntries)
    limits.entries = 2
    limits.totalBytes = 5
    #expect(reason(archive, limits: limits) == .tooLarge)
    limits.totalBytes = 6
    limits.bytesPerEntry = 2
    #expect(reason(archive, limits: limits) == .tooLarge)
  }

  @Test("What is no archive is refused", arguments: ["", "PK", "PK\u{3}\u{4}", "MSCF", "text"])
  func noArchive(text: String) { #expect(reason(Array(text.utf8)) == .unreadable) }

  @Test("An archive cut short is never read by half")
  func truncated() throws {
    let archive = zip([("solution.xml", "<a/>"), ("customizations.xml", "<b/>")])
    let whole = try contents(archive)
    for length in 0..<archive.count {
      if let read = try? contents(Array(archive.prefix(length))) { #expect(read == whole) }
    }
  }

  @Test(
    "PF-105 a cabinet with one zip reads as that zip, bytes behind it are ignored",
    arguments: [0, 16_000]
  )
  func cabinet(trailing: Int) throws {
    let inner = zip([("solution.xml", "<a/>")])
    let reader = try ArchiveReader(
      Cabinet.stored("inner.zip", inner) + [UInt8](repeating: 0x30, count: trailing)
    )
    #expect(reader.container == .cab)
    #expect(reader.entries.map(\.path) == ["solution.xml"])
  }

  @Test("PF-105 a cabinet with the files themselves reads, too")
  func openCabinet() throws {
    let reader = try ArchiveReader(Cabinet.stored("solution.xml", Array("<a/>".utf8)))
    #expect(reader.entries.map(\.path) == ["solution.xml"])
  }
}

/// The smallest cabinets: one folder without compression, one file.
private enum Cabinet {
  static func stored(_ name: String, _ content: [UInt8]) -> [UInt8] {
    precondition(content.count < 32_768, "one block is enough for a test")
    let file =
      little(UInt32(content.count)) + little(UInt32(0)) + little(UInt16(0)) + little(UInt16(0x21))
      + little(UInt16(0)) + little(UInt16(0x20)) + Array(name.utf8) + [0]
    let filesOffset = 36 + 8
    let dataOffset = filesOffset + file.count
    let data =
      little(UInt32(0)) + little(UInt16(content.count)) + little(UInt16(content.count)) + content
    let folder = little(UInt32(dataOffset)) + little(UInt16(1)) + little(UInt16(0))
    let header =
      Array("MSCF".utf8) + little(UInt32(0)) + little(UInt32(dataOffset + data.count))
      + little(UInt32(0)) + little(UInt32(filesOffset)) + little(UInt32(0)) + [3, 1]
      + little(UInt16(1)) + little(UInt16(1)) + little(UInt16(0)) + little(UInt16(0))
      + little(UInt16(0))
    return header + folder + file + data
  }

  private static func little(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
