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

  @Test("RW-50 records, lookups, files and pairs are read; names in any case")
  func read() throws {
    let data = try MigrationReader().read(whole())
    #expect(data.tables.map(\.name) == ["t", "u"])
    let record = try #require(data.tables[0].records.first)
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
      data.tables[0].pairs == [
        MigrationData.Pairs(intersect: "t_u", source: "A", targets: ["B", "C"])
      ]
    )
    #expect(data.tables[1].records == [])
    // Some writers wrap the schema.
    #expect(
      try MigrationReader().read(whole(schema: "<ImportExportXml>\(Self.schema)</ImportExportXml>"))
        == data
    )
  }

  @Test(
    "RW-50 what is no such file, lacks a file or depends on the day of the import is refused, with the way out"
  )
  func refused() throws {
    func check(_ bytes: [UInt8], _ expected: String) {
      do {
        _ = try MigrationReader().read(bytes)
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
    #expect(
      try MigrationReader().read(whole(schema: relative), ignoresDates: true).tables.count == 2
    )
    check(whole(schema: "<other/>"), "has no entities")
    check(whole(data: "<entities><entity/></entities>"), "data.xml:1: a table has no name")
    let field =
      "<entities><entity name=\"t\"><records><record id=\"A\"><field/></record></records></entity></entities>"
    check(whole(data: field), "data.xml:1: a field has no name")
  }

  @Test("RW-50 sizes, depth and entities are bounded as those of packages are")
  func bounded() throws {
    #expect(throws: MigrationReader.Failure.self) {
      try MigrationReader(bytesOfFiles: 1).read(whole())
    }
    let entity = "<!DOCTYPE x [<!ENTITY a \"b\">]><entities>&a;</entities>"
    #expect(throws: XMLError.self) { try MigrationReader().read(whole(data: entity)) }
    var limits = ArchiveLimits.standard
    limits.entries = 2
    #expect(throws: ArchiveError.self) { try MigrationReader(archiveLimits: limits).read(whole()) }
    // Cut anywhere it is refused, not read in part and no crash.
    let bytes = whole()
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: (any Error).self) { try MigrationReader().read(Array(bytes[..<count])) }
    }
  }
}
