import Solutions
import Testing

@Suite("Identity")
struct IdentityTests {
  @Test(
    "LC-205 anything else is no version",
    arguments: ["", "1", "1.", "1.-1", "1.0.0.0.0", "a.b", "1.2147483648", " 1.0", "1..0"]
  )
  func notAVersion(text: String) { #expect(SolutionVersion(text) == nil) }

  @Test(
    "LC-202 LC-203 LC-204 parts compare as integers, missing parts count as 0",
    arguments: [
      ("1.7", "1.61"), ("1.0.0.0", "1.0.0.1"), ("3.1.5.7", "3.1.5.8"), ("3.1.7.0", "3.2.0.0"),
      ("9.0.4.0066", "9.0.4.67"), ("1.23091.1", "1.23091.1.1"),
    ]
  )
  func order(lower: String, higher: String) throws {
    let (lower, higher) = (
      try #require(SolutionVersion(lower)), try #require(SolutionVersion(higher))
    )
    #expect(lower < higher)
    #expect(!(higher < lower))
  }

  @Test("A number that is raised makes those behind it 0, and a tag's version stands at its end")
  func next() throws {
    let version = try #require(SolutionVersion("1.2.3.4"))
    #expect(version.raised(.major)?.text == "2.0.0.0" && version.raised(.minor)?.text == "1.3.0.0")
    #expect(
      version.raised(.build)?.text == "1.2.4.0" && version.raised(.revision)?.text == "1.2.3.5"
    )
    #expect(SolutionVersion("1.2147483647")?.raised(.minor) == nil)
    #expect(SolutionVersion("1.0")?.dated(year: 2026, month: 2, day: 3)?.text == "1.0.20260203.0")
    #expect(version.dated(year: 2026, month: 13, day: 1) == nil)
    #expect(SolutionVersion(tag: "v1.2.3")?.text == "1.2.3")
    #expect(SolutionVersion(tag: "rel.1.2")?.text == "1.2")
    for tag in ["", "v", "v1", "1.2.3-rc", "1..2"] { #expect(SolutionVersion(tag: tag) == nil) }
  }

  @Test("LC-203 LC-204 spellings of one version are equal and keep their text")
  func spellings() throws {
    #expect(SolutionVersion("1.0") == SolutionVersion("1.0.0.0"))
    #expect(SolutionVersion("9.0.4.0066") == SolutionVersion("9.0.4.66"))
    #expect(SolutionVersion("9.0.4.0066")?.description == "9.0.4.0066")
  }

  @Test("PF-203 solution names compare without regard to case", arguments: ["contoso", "CONTOSO"])
  func names(text: String) { #expect(SolutionName(text) == SolutionName("Contoso")) }

  @Test(
    "0x8004F002 no unique name",
    arguments: ["", "1a", "a b", "a-b", "ä", String(repeating: "a", count: 66)]
  )
  func notAName(text: String) { #expect(SolutionName(text) == nil) }

  @Test("LC-123 a patch's name names its parent")
  func patchNames() {
    #expect(SolutionName("X_Patch_0a1B2c3D")?.patchParent == SolutionName("X"))
    #expect(SolutionName("X_Patch_0a1b2c3")?.patchParent == nil)
    #expect(SolutionName("X_Patch_0a1b2c3g")?.patchParent == nil)
    #expect(SolutionName("_Patch_0a1b2c3d")?.patchParent == nil)
  }

  @Test(
    "PF-302 GUIDs are values",
    arguments: ["{08CA35ED-4D19-4CBB-B751-D685F947280A}", "08ca35ed-4d19-4cbb-b751-d685f947280a"]
  )
  func guids(text: String) {
    #expect(GUID(text)?.description == "08ca35ed-4d19-4cbb-b751-d685f947280a")
  }

  @Test(
    "PF-302 other texts are no GUIDs",
    arguments: [
      "", "{}", "08ca35ed", "08ca35ed-4d19-4cbb-b751-d685f947280",
      "08ca35ed-4d19-4cbb-b751-d685f947280ag", "08ca35e-d4d19-4cbb-b751-d685f947280a",
    ]
  )
  func notAGUID(text: String) { #expect(GUID(text) == nil) }

  @Test(
    "RW-80 ids of new rows rise, whatever the clock does, and say when they were made and that they are of version 7"
  )
  func sequence() throws {
    var ids = GUIDSequence()
    // It stands, and goes back; then there are more in one millisecond than it counts.
    let clock = [1_000, 1_000, 10, 2_000] + [Int](repeating: 3_000, count: 5_000) + [.max, -1]
    let made = clock.map {
      ids.next(at: Timestamp(milliseconds: $0), random: .random(in: .min ... .max)).description
    }
    #expect(made == made.sorted())
    #expect(Set(made).count == made.count)
    #expect(
      made.allSatisfy {
        $0.dropFirst(14).first == "7" && "89ab".contains($0.dropFirst(19).first ?? " ")
      }
    )
    #expect(made[0].hasPrefix("00000000-03e8-"))
    #expect(made[3].hasPrefix("00000000-07d0-"))
  }

  @Test(
    "LY-207 layers are ranked: system, blocks by installation, in a block base, patches, holding; active on top"
  )
  func ranks() throws {
    let (one, two) = (
      try #require(SolutionVersion("1.0.1")), try #require(SolutionVersion("1.0.2"))
    )
    let ranks: [LayerRank] = [
      .system, .managed(block: 1, place: .base), .managed(block: 1, place: .patch(one)),
      .managed(block: 1, place: .patch(two)), .managed(block: 1, place: .holding),
      .managed(block: 2, place: .base), .active,
    ]
    #expect(ranks.sorted() == ranks)
    #expect(ranks.reversed().sorted() == ranks)
  }
}
