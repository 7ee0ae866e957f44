import Archive
import SolutionPackages
import Solutions
import TestSupport
import Testing
import XML

/// Files of the Configuration Migration tool, as it and others write them.
@Suite("Files of the Configuration Migration tool")
struct MigrationReaderTests {
  private static let schema = """
    <entities><entity name="T" primaryidfield="tid"><fields><field name="doc" type="filedata"/></fields>
    <relationships><relationship name="Rel" manyToMany="true" relatedEntityName="t_u"/></relationships>
    </entity></entities>
    """
  private static let data = """
    <entities timestamp="2026-01-31T09:30:00.0000000Z"><entity name="T"><records>
    <record id="A"><field name="Name" value="Caf&amp;amp;#233;"/><field name="up" value="B" lookupentity="T" lookupentityname="b"/>
    <field name="doc" value="F" filename="a.txt"/><field name="to" value=""><activitypointerrecords id="1"/></field></record>
    </records><m2mrelationships><m2mrelationship sourceid="A" targetentityname="u" m2mrelationshipname="rel">
    <targetids><targetid>B</targetid><targetid>C</targetid></targetids></m2mrelationship></m2mrelationships></entity>
    <entity name="u"/></entities>
    """

  private func zip(_ files: [(String, String)]) -> [UInt8] {
    var zip = ZipWriter()
    for (path, text) in files { zip.add(path, Array(text.utf8)) }
    return zip.bytes()
  }

  private func whole(schema: String = schema, data: String = data) -> [UInt8] {
    zip([("Data_Schema.xml", schema), ("DATA.xml", data), ("files/f.bin", "hi"), ("other.txt", "")])
  }

  /// What it gives, by tables.
  private struct Given: Equatable {
    var tables: [String] = []
    var records: [MigrationData.Record] = []
    var pairs: [MigrationData.Pairs] = []
  }

  private func read(
    _ bytes: [UInt8],
    _ reader: MigrationReader = MigrationReader(),
    ignoresDates: Bool = false,
    hasFiles: Bool = true
  ) throws -> Given {
    let file = try reader.open(bytes, ignoresDates: ignoresDates)
    var given = Given()
    try file.forEach(hasFiles: hasFiles) { table, item in
      if given.tables.last != table.name { given.tables.append(table.name) }
      switch item {
      case .record(let record): given.records.append(record)
      case .pairs(let pairs): given.pairs.append(pairs)
      }
    }
    return given
  }

  @Test("RW-50 records, lookups, files and pairs are read; names in any case")
  func read() throws {
    let data = try read(whole())
    #expect(data.tables == ["t"])
    let record = try #require(data.records.first)
    #expect(record.id == "A")
    #expect(
      record.fields == [
        MigrationData.Field("name", "Caf&amp;#233;"),
        MigrationData.Field("up", "B", target: "t", title: "b"),
        MigrationData.Field("doc", "aGk=", fileName: "a.txt"),
        MigrationData.Field("to", "", hasRecords: true),
      ]
    )
    #expect(
      data.pairs == [
        MigrationData.Pairs(intersect: "t_u", source: "A", targets: ["B", "C"])
      ]
    )
    // Some writers wrap the schema.
    let wrapped = "<ImportExportXml>\(Self.schema)</ImportExportXml>"
    #expect(try read(whole(schema: wrapped)) == data)
    // Who only looks does not unpack files.
    let looked = try read(whole(), hasFiles: false)
    #expect(looked.records.first?.fields[2].value == "F")
    #expect(looked.pairs == data.pairs)
  }

  @Test(
    "RW-50 what is no such file, lacks a file or depends on the day of the import is refused, with the way out"
  )
  func refused() throws {
    func check(_ bytes: [UInt8], _ expected: String) {
      do {
        _ = try read(bytes)
        Issue.record("read")
      } catch {
        #expect("\(error)".contains(expected), "\(error)")
      }
    }
    check(zip([("data.xml", Self.data)]), "it has no data_schema.xml")
    check(zip([("data_schema.xml", Self.schema)]), "it has no data.xml")
    check(
      zip([("data_schema.xml", Self.schema), ("data.xml", Self.data)]),
      "files/F.bin is missing"
    )
    let relative = Self.schema.replacing("<entities>", with: "<entities dateMode=\"Relative\">")
    check(whole(schema: relative), "which cannot be planned")
    #expect(try read(whole(schema: relative), ignoresDates: true).records.count == 1)
    check(whole(schema: "<other/>"), "has no entities")
    check(whole(data: "<entities><entity/></entities>"), "data.xml:1: a table has no name")
    let field =
      "<entities><entity name=\"t\"><records><record id=\"A\"><field/></record></records></entity></entities>"
    check(whole(data: field), "data.xml:1: a field has no name")
  }

  @Test("RW-50 sizes, depth and entities are bounded as those of packages are")
  func bounded() throws {
    func refusal(_ bytes: [UInt8], _ reader: MigrationReader = MigrationReader()) -> String {
      do {
        return "\(try read(bytes, reader))"
      } catch {
        return "\(error)"
      }
    }
    #expect(
      refusal(whole(), MigrationReader(bytesOfFile: 1)) == "files/F.bin has more than 1 bytes"
    )
    let entity = "<!DOCTYPE x [<!ENTITY a \"b\">]><entities>&a;</entities>"
    #expect(
      refusal(whole(data: entity)) == "data.xml:1: a document type declaration is not allowed"
    )
    #expect(refusal(whole(data: "<entities>\n<entity></entities>")).hasPrefix("data.xml:2: "))
    #expect(refusal(whole(schema: "<entities>")).hasPrefix("data_schema.xml:1: "))
    var record = XMLLimits.record
    record.bytes = 16_384
    let large = Self.data.replacing(
      "<record id",
      with: "\n<record x=\"\(String(repeating: "x", count: 50_000))\" id"
    )
    #expect(
      refusal(whole(data: large), MigrationReader(recordLimits: record))
        == "data.xml:3: one element with what is in it is too large"
    )
    var limits = ArchiveLimits.rows
    limits.entries = 2
    #expect(
      refusal(whole(), MigrationReader(archiveLimits: limits)) == "more than 2 entries"
    )
    // Cut anywhere it is refused, not read in part and no crash.
    let bytes = whole()
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: (any Error).self) { try read(Array(bytes[..<count])) }
    }
  }

  @Test("RW-80 a hundred thousand records come one by one, however small their limit is")
  func many() throws {
    let record = "<record id=\"A\"><field name=\"n\" value=\"1\"/></record>\n"
    let data =
      "<entities><entity name=\"t\"><records>"
      + String(repeating: record, count: 100_000) + "</records></entity></entities>"
    var limits = XMLLimits.record
    (limits.bytes, limits.nodes, limits.names) = (8_192, 2, 32)
    let reader = MigrationReader(recordLimits: limits)
    var count = 0
    try reader.open(whole(data: data)).forEach(hasFiles: true) { _, _ in count += 1 }
    #expect(count == 100_000)
  }
}
