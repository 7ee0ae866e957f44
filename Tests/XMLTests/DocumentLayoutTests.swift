import Testing
import XML

@Suite("Documents that are laid out")
struct DocumentLayoutTests {
  private func layout(_ text: String) throws -> String {
    let canonical = CanonicalWriter.bytes(of: XMLFragment(try XMLTree(Array(text.utf8)).root))
    return String(decoding: DocumentLayout.bytes(of: canonical), as: UTF8.self)
  }

  @Test("PF-1104 two blanks for each level, CRLF, empty elements in one tag")
  func lines() throws {
    #expect(
      try layout("<a><b c=\"1\"><d/></b><e>text</e></a>")
        == "<a>\r\n  <b c=\"1\">\r\n    <d />\r\n  </b>\r\n  <e>text</e>\r\n</a>"
    )
  }

  @Test("Only the root declares what everything uses")
  func declaration() throws {
    let xsi = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
    #expect(
      try layout("<a \(xsi) xsi:nil=\"true\"><b xsi:nil=\"true\"/></a>")
        == "<a \(xsi) xsi:nil=\"true\">\r\n  <b xsi:nil=\"true\" />\r\n</a>"
    )
  }

  @Test(
    "What is laid out is the same document",
    arguments: [
      "<a>one <b><c/></b> two</a>", "<a><b>x</b> y </a>", "<a b='>&lt;\"'><c>&gt; &amp;</c></a>",
      "<a><b> </b><b>\n</b></a>", "<a><b>line\n  line&#13;</b></a>", "<a/>",
      "<a><t>&lt;b xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"/></t></a>",
      "<p:a xmlns:p='urn:p'><p:b q='>' xmlns:r='urn:r' r:c='1'/></p:a>",
    ]
  )
  func same(text: String) throws {
    let laidOut = try layout(text)
    let again = try XMLTree(Array(laidOut.utf8)).root
    #expect(
      CanonicalWriter.bytes(of: XMLFragment(again))
        == CanonicalWriter.bytes(of: XMLFragment(try XMLTree(Array(text.utf8)).root))
    )
  }
}
