import Archive
import TestSupport
import Testing

/// Directory and local headers say the same, and nothing else is in an archive (docs/decisions/082).
@Suite("Archives agree with themselves")
struct ArchiveAgreementTests {
  /// Bytes of a file, of which parts are read.
  private struct Parts: ArchiveBytes {
    let bytes: [UInt8]

    var count: Int { bytes.count }

    func read(
      at place: Int,
      into memory: UnsafeMutableRawBufferPointer
    ) throws(ArchiveError) -> Int { try bytes.read(at: place, into: memory) }
  }

  private func outcome(_ bytes: [UInt8]) -> String {
    let whole = outcome { try ArchiveReader(bytes) }
    // However it is read.
    #expect(outcome { try ArchiveReader(zip: Parts(bytes: bytes), limits: .standard) } == whole)
    return whole
  }

  private func outcome(_ reader: () throws -> ArchiveReader) -> String {
    do {
      var contents: [String] = []
      try reader().forEachFile { entry, content in
        contents.append("\(entry.path)=\(String(decoding: try content.whole(), as: UTF8.self))")
        return true
      }
      return contents.joined(separator: " ")
    } catch let error as ArchiveError {
      return "\(error.reason)"
    } catch {
      return "\(error)"
    }
  }

  private func zip(_ fill: (inout HandMadeZip) -> Void) -> [UInt8] {
    var zip = HandMadeZip()
    zip.add("first", "1")
    fill(&zip)
    return zip.bytes()
  }

  @Test("What two readers would read differently is refused")
  func disagreements() {
    let shapes: [(String, [UInt8])] = [
      ("names", zip { $0.add("a", "x") { $0.localName = Array("b".utf8) } }),
      ("flags", zip { $0.add("a", "x") { $0.localFlags = 0x800 } }),
      ("methods", zip { $0.add("a", "x") { $0.localMethod = 8 } }),
      ("checksums", zip { $0.add("a", "x") { $0.localChecksum = 1 } }),
      ("sizes", zip { $0.add("a", "x") { $0.localSize = 2 } }),
      ("packed sizes", zip { $0.add("a", "x") { $0.localPackedSize = 2 } }),
      ("a stored content of two sizes", zip { $0.add("a", "xx") { $0.size = 1 } }),
      ("a count that is too low", zip { $0.count = 0 }),
      ("a count that is too high", zip { $0.count = 2 }),
      ("40,000 for one", zip { $0.count = 40_000 }),
      ("bytes before the first", HandMadeZip(start: [0x50, 0x4B, 3, 4]).with("a", "x").bytes()),
      ("bytes between two", zip { $0.add("a", "x") { $0.before = Array("PK".utf8) } }),
      ("bytes before the directory", zip { $0.gap = [0] }),
      ("bytes behind the directory", zip { $0.behindDirectory = [0] }),
      ("bytes behind the end", zip { $0.behind = [0] }),
      ("a header that is no entry", zip { $0.add("hidden", "x") { $0.isListed = false } }),
      ("a large record that says otherwise", zip { $0.large = .lying }),
      ("a folder with content", zip { $0.add("d/", "x") { _ in } }),
      ("a descriptor that lies", zip { $0.add("a", "x") { $0.describe(checksum: 1) } }),
      ("a descriptor of no form", zip { $0.add("a", "x") { $0.describe(extra: [0]) } }),
    ]
    for (shape, bytes) in shapes { #expect(outcome(bytes) == "disagreement", "\(shape)") }
  }

  @Test("Entries that share bytes are refused")
  func overlaps() {
    let twice = zip { zip in
      zip.add("a", "xxxx")
      zip.add("b", "xxxx") { $0.offset = 32 + 5 - 1 }
    }
    #expect(outcome(twice) == "overlap" || outcome(twice) == "disagreement")
    let same = zip { $0.add("first2", "1") { $0.offset = 0 } }
    #expect(outcome(same) == "overlap")
    let long = zip { $0.add("a", "x") { $0.packedSize = 40 } }
    #expect(outcome(long) != "first=1 a=x")
  }

  @Test("Sizes and checksums that lie in both places are found when the content is read")
  func contents() {
    let checksum = zip {
      $0.add("a", "x") {
        $0.checksum = 1
        $0.localChecksum = 1
      }
    }
    #expect(outcome(checksum) == "checksum")
    let longer = zip {
      $0.add("a", "xyz") {
        $0.deflate()
        $0.size = 2
        $0.localSize = 2
      }
    }
    #expect(outcome(longer) == "lyingSize")
    let bomb = zip {
      $0.add("a", "x") {
        $0.deflate()
        $0.size = 400_000_000
        $0.localSize = 400_000_000
      }
    }
    #expect(outcome(bomb) == "lyingSize")
    let trailing = zip {
      $0.add("a", "x") {
        $0.deflate()
        $0.packed.append(0)
      }
    }
    #expect(outcome(trailing) == "unreadable")
    let cut = zip {
      $0.add("a", "x") {
        $0.deflate()
        $0.packed.removeLast()
      }
    }
    #expect(outcome(cut) == "unreadable")
    // 2^62 bytes, in the field for large sizes.
    let huge = zip {
      $0.add("a", "x") {
        $0.size = 0xFFFF_FFFF
        $0.extra = [1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0x40]
      }
    }
    #expect(outcome(huge) == "disagreement")
  }

  @Test(
    "Methods and flags that solutions do not have are refused",
    arguments: [1, 9, 12, 14, 93, 99]
  )
  func methods(method: Int) {
    let bytes = zip {
      $0.add("a", "x") {
        $0.method = method
        $0.localMethod = method
      }
    }
    #expect(outcome(bytes) == "method")
  }

  @Test(
    "PF-1102 names that hide what they are are refused",
    arguments: [
      "a\u{0}b", "a\u{1b}]52;c;\u{7}", "Odd\u{202e}x", "Odd\u{9b}31mx", "a\u{2066}b", "a\u{200f}b",
      "a\nb", "a\u{2028}b", "a\u{feff}b",
    ]
  )
  func names(name: String) { #expect(outcome(zip { $0.add(name, "x") }) == "invalidName") }

  @Test("PF-1101 names are UTF-8, with the flag that says so or without", arguments: [0, 0x800])
  func unicode(flags: Int) {
    let bytes = zip {
      $0.add("é.js", "x") {
        $0.flags = flags
        $0.localFlags = flags
      }
    }
    #expect(outcome(bytes) == "first=1 é.js=x")
    let latin = zip { $0.add(bytes: [0xE9], "x") }
    #expect(outcome(latin) == "invalidName")
    let two = zip { $0.add("a", "x") { $0.extra = [0x75, 0x70, 6, 0, 1, 0, 0, 0, 0, 0x62] } }
    #expect(outcome(two) == "invalidName")
  }

  @Test("Backslashes are slashes where a tool wrote no others, as other readers take them")
  func backslashes() {
    #expect(outcome(zip { $0.add("a\\b", "x") }) == "first=1 a/b=x")
    #expect(outcome(zip { $0.add("a/b\\c", "x") }) == "invalidName")
    #expect(outcome(zip { $0.add("..\\a", "x") }) == "pathTraversal")
  }

  @Test("What writers do without harm is read")
  func sound() {
    let whole = "first=1 a=xyz"
    let shapes: [(String, [UInt8])] = [
      ("stored", zip { $0.add("a", "xyz") }),
      ("deflated", zip { $0.add("a", "xyz") { $0.deflate() } }),
      (
        "a comment",
        zip {
          $0.add("a", "xyz")
          $0.comment = Array("made by hand".utf8)
        }
      ),
      (
        "a folder",
        zip {
          $0.add("d/", "")
          $0.add("a", "xyz")
        }
      ),
      ("a field of another tool", zip { $0.add("a", "xyz") { $0.extra = [0x55, 0x54, 1, 0, 0] } }),
      ("padding", zip { $0.add("a", "xyz") { $0.extra = [0, 0, 0] } }),
      (
        "a descriptor",
        zip {
          $0.add("a", "xyz") {
            $0.deflate()
            $0.describe()
          }
        }
      ),
      (
        "one unsigned",
        zip {
          $0.add("a", "xyz") {
            $0.deflate()
            $0.describe(isSigned: false)
          }
        }
      ),
      (
        "a large one",
        zip {
          $0.add("a", "xyz") {
            $0.deflate()
            $0.describe(width: 8)
          }
        }
      ),
      ("one behind a stored content", zip { $0.add("a", "xyz") { $0.describe() } }),
      (
        "a large record",
        zip {
          $0.add("a", "xyz")
          $0.large = .true
        }
      ),
      (
        "a large record that is needed",
        zip {
          $0.add("a", "xyz")
          $0.large = .needed
        }
      ),
    ]
    for (shape, bytes) in shapes { #expect(outcome(bytes) == whole, "\(shape)") }
  }

  @Test("An archive cut at any byte, or with any byte changed, is refused or read as it is")
  func damage() {
    let bytes = zip {
      $0.add("a", "xyz") {
        $0.deflate()
        $0.describe()
      }
    }
    let whole = outcome(bytes)
    for length in 0..<bytes.count { #expect(outcome(Array(bytes[..<length])) != whole) }
    for place in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[place] ^= 1 << bit
        let read = outcome(changed)
        // Names may change in both places only, so no content is ever given under another one.
        if read.contains("=") { #expect(read == whole, "byte \(place), bit \(bit)") }
      }
    }
  }

  @Test("Content is given piece by piece")
  func pieces() throws {
    let text = String(repeating: "0123456789", count: 20_000)
    var zip = ZipWriter()
    zip.add("a", Array(text.utf8))
    var read: [UInt8] = []
    var count = 0
    try ArchiveReader(zip.bytes()).forEachFile { _, content in
      try content.forEachPiece {
        read += $0
        count += 1
      }
      return true
    }
    #expect(read == Array(text.utf8))
    #expect(count > 2)
  }

  @Test(
    "Archives of the cases come out as they should",
    .enabled(if: Cases.arePresent),
    arguments: [
      ("sound", true), ("utf8", true), ("swapped", false), ("crc", false), ("size", false),
      ("overlap", false), ("count_low", false), ("count_high", false), ("nul", false),
      ("bzip2", false), ("escape_name", false), ("turned_name", false),
    ]
  )
  func cases(name: String, isSound: Bool) throws {
    let folder = try Cases.made("trust-archive")
    let read = outcome(try Repository.bytes("\(folder)/\(name).zip"))
    #expect(read.contains("=") == isSound, "\(read)")
  }
}
