import SolutionPackages
import Solutions
import TestSupport
import Testing

@Suite("Reading packages")
struct PackageReaderTests {
  private func fixture(_ name: String) throws -> SolutionPackage {
    try PackageReader().read(try Repository.zip("Tests/Fixtures/Packages/\(name)"), file: name)
  }

  @Test(
    "PF-903 every fixture reads without a finding of its own",
    arguments: [
      "FieldService_1_0_0_0_managed", "FieldService_1_1_0_0_managed",
      "FieldService_2_0_0_0_managed",
      "FieldService_3_0_0_0_managed", "FabrikamShared_1_0_0_0_managed",
      "NorthwindDispatch_1_0_0_0_managed", "FieldServiceDev_1_0_0_0",
      "FieldService_1_2_0_0_wrongpublisher", "Legacy2011_1_0_managed",
    ]
  )
  func reads(name: String) throws {
    let package = try fixture(name)
    #expect(package.findings == [])
    #expect(!package.components.isEmpty)
  }

  @Test("LC-121 the manifest is read whole")
  func manifest() throws {
    let manifest = try fixture("NorthwindDispatch_1_0_0_0_managed").manifest
    #expect(manifest.name.text == "NorthwindDispatch")
    #expect(manifest.version.text == "1.0.0.0")
    #expect(manifest.isManaged)
    #expect(manifest.publisher.name.text == "northwind")
    #expect(manifest.publisher.prefix == "nwd")
    #expect(manifest.publisher.optionValuePrefix == 26_000)
    #expect(manifest.missingDependencies.count == 11)
    #expect(manifest.roots.contains { $0.behavior == .shell })
  }

  @Test("LC-123 a patch names its parent")
  func patch() throws {
    let manifest = try fixture("FieldService_Patch_0a1b2c3d_1_0_1_0_managed").manifest
    #expect(manifest.patchOf == SolutionName("FieldService"))
  }

  @Test("PF-402 a table without settings is a mention, its columns are not")
  func shell() throws {
    let package = try fixture("FieldService_1_0_0_0_managed")
    let contact = try #require(package.components.first { $0.id == .entity("contact") })
    #expect(contact.isReference)
    let column = try #require(
      package.components.first { $0.id == .attribute("contact", "fab_region") }
    )
    #expect(!column.isReference)
    #expect(column.parent == .entity("contact"))
  }

  @Test("PF-606 a file belongs to its component's definition by digest")
  func parts() throws {
    let package = try fixture("FieldService_1_0_0_0_managed")
    let script = try #require(
      package.components.first { $0.id == .webResource("fab_/scripts/workorder.js") }
    )
    #expect(script.definition.parts.count == 1)
    #expect(script.definition.parts.first?.content == nil)
  }

  @Test(
    "PF-606 a web resource has a name that addresses can hold; LC-121 a configuration page is a web page of the solution",
    arguments: [
      ("resource new_/a-b_c.1.js text", []), ("resource new_a?.js text", ["0x8004F117"]),
      ("resource new_//a.js text", ["0x8004F117"]), ("resource new_ä.js text", ["0x8004F117"]),
      ("manifest <ConfigurationPage>new_p.html</ConfigurationPage>", ["0x8004701D"]),
      (
        "resource new_p.js text\nmanifest <ConfigurationPage>new_p.js</ConfigurationPage>",
        ["0x8004701C"]
      ),
    ] as [(String, [String])]
  )
  func webResources(lines: String, wanted: [String]) throws {
    for form in ["", " unmanaged"] {
      let package = try PackageText("X 1.0 by A\(form)\ntable new_t\n\(lines)").read()
      #expect(package.findings.filter { $0.severity == .error }.map(\.code) == wanted)
    }
  }

  @Test("PF-808 context that was not changed is told from changes")
  func unmodified() throws {
    let package = try fixture("FieldServiceDev_1_0_0_0")
    let names = Set(package.components.filter(\.isUnmodified).map(\.name))
    #expect(names.contains("fab_workorder"))
    #expect(package.components.contains { !$0.isUnmodified && $0.name == "fab_workorder.fab_name" })
  }

  @Test("PF-301 what no kind claims is carried and counted")
  func carried() throws {
    let locations = try fixture("Legacy2011_1_0_managed").carried.map(\.location)
    #expect(locations.contains("customizations.xml/IsvConfig"))
    #expect(locations.contains("filteredcomponents.xml"))
  }

  @Test(
    "What cannot be read at all is refused with code and place",
    arguments: [
      ("missing-solution-xml", "0x80048060", 0), ("not-well-formed", "0x80048013", 25),
      ("doctype", "0x80048013", 1), ("bad-version", "0x8004F01E", 6),
      ("managed-2", "strata.managed-flag", 7), ("blank-in-unique-name", "0x8004F002", 3),
    ]
  )
  func refused(name: String, code: String, line: Int) throws {
    let bytes = try Repository.zip("Tests/Fixtures/Broken/\(name)")
    let error = #expect(throws: PackageError.self) {
      try PackageReader().read(bytes, file: name)
    }
    #expect(error?.finding.code == code)
    #expect(error?.finding.at?.line == line)
  }

  @Test(
    "What is wrong in a package that can be read is an error finding",
    arguments: [
      ("column-without-prefix", "0x80048062"), ("definition-without-root", "0x8004803A"),
      ("duplicate-definition", "0x80071153"), ("duplicate-root", "0x80071153"),
      ("filename-without-part", "strata.missing-part"),
      ("option-value-prefix-99", "0x80048402"), ("package-version-11", "0x80048068"),
    ]
  )
  func findings(name: String, code: String) throws {
    let package = try PackageReader().read(
      try Repository.zip("Tests/Fixtures/Broken/\(name)"),
      file: name
    )
    #expect(package.findings.filter { $0.severity == .error }.map(\.code) == [code])
    #expect(package.findings.allSatisfy { $0.at != nil })
  }

  @Test("LC-101 the platform's own prefix is told of")
  func reservedPrefix() throws {
    let package = try PackageReader().read(
      try Repository.zip("Tests/Fixtures/Broken/reserved-prefix"),
      file: "x"
    )
    #expect(package.findings.map(\.code) == [InvalidPrefix.kind.code])
  }

  @Test(
    "PF-1102 a package with changed bytes is read or refused, never a crash",
    arguments: 0..<200 as Range<UInt64>
  )
  func mutated(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var bytes = try Repository.bytes("Examples/FieldService_1_0_0_0_managed.zip")
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let at = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: at)
      default: bytes = Array(bytes.prefix(max(1, at)))
      }
    }
    _ = try? PackageReader().read(bytes, file: "mutated")
  }

  @Test(
    "PF-1102 a manifest with changed text is read or refused, never a crash",
    arguments: 0..<200 as Range<UInt64>
  )
  func mutatedText(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var zip = ZipWriter()
    for path in ["solution.xml", "customizations.xml", "[Content_Types].xml"] {
      var text = try Repository.bytes(
        "Tests/Fixtures/Packages/NorthwindDispatch_1_0_0_0_managed/\(path)"
      )
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let at = Int.random(in: 0..<text.count, using: &random)
        // Digits and letters keep most documents well-formed, so that the checks behind are reached.
        text[at] = [0x30, 0x31, 0x39, 0x41, 0x7A, 0x2D].randomElement(using: &random) ?? 0x30
      }
      zip.add(path, text)
    }
    guard let package = try? PackageReader().read(zip.bytes(), file: "mutated") else { return }
    _ = Plan.importing([package], on: InstalledState())
  }
}
