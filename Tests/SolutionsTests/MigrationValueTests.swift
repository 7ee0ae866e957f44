import Solutions
import Testing

/// Spellings of the Configuration Migration tool.
@Suite("Values of migration files")
struct MigrationValueTests {
  @Test(
    "RW-50 texts are escaped once more, and an ampersand that begins no reference stays",
    arguments: [
      ("Caf&#233; &amp; &lt;b&gt;&quot;x&quot;&#39;", "Café & <b>\"x\"'"), ("plain", "plain"),
      ("a & b", "a & b"), ("&unknown; &#xE9;", "&unknown; é"), ("&", "&"),
      ("&;&#;&#x;", "&;&#;&#x;"),
      ("&#1114112;", "&#1114112;"), ("&amp;amp;", "&amp;"),
      ("&aaaaaaaaaaaaaaaaaaaaaaaaaa;", "&aaaaaaaaaaaaaaaaaaaaaaaaaa;"),
    ]
  )
  func texts(value: String, expected: String) {
    #expect(Column("c", .text(lengthMax: nil)).text(ofMigration: value) == expected)
  }

  @Test("RW-50 options of several, and decimals of a machine with a comma")
  func others() {
    #expect(Column("c", .choices(nil)).text(ofMigration: "[-1,1,3,-1]") == "1;3")
    #expect(Column("c", .choices(nil)).text(ofMigration: "[-1,-1]") == "")
    let decimal = Column("c", .decimal(places: 4, min: nil, max: nil))
    #expect(decimal.text(ofMigration: "12,50") == "12.50")
    #expect(decimal.text(ofMigration: "12.50") == "12.50")
    #expect(decimal.text(ofMigration: "1,234,5") == "1,234,5")
    #expect(decimal.text(ofMigration: "1,234.5") == "1,234.5")
  }

  @Test("RW-50 what the environment keeps itself, or nobody can keep, is left out with its reason")
  func leftOut() {
    let table = Table(
      name: "t",
      displayName: nil,
      columns: [
        Column("sum", .integer(min: nil, max: nil), isComputed: true),
        Column("to", .other("partylist")),
        Column("a", .text(lengthMax: nil)),
      ]
    )
    func reason(_ name: String, hasRecords: Bool = false) -> String? {
      table.leavesOut(MigrationData.Field(name, "x", hasRecords: hasRecords))
    }
    #expect(reason("versionnumber") == "kept by the environment itself")
    #expect(reason("owningbusinessunit") == "kept by the platform alone")
    #expect(reason("sum") == "calculated by the platform")
    #expect(reason("to") == "a partylist, which is not kept")
    #expect(reason("a", hasRecords: true) == "a list of records, which is not kept")
    #expect(reason("a") == nil)
    #expect(reason("gone") == nil)
    #expect(reason("createdon") == nil)
  }
}
