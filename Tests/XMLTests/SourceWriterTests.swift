import Testing
import XML

@Suite("Documents put together from pieces of others")
struct SourceWriterTests {
  private static let xsi = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""

  private func document(_ text: String) throws -> SourceDocument {
    try SourceDocument(Array(text.utf8))
  }

  private func written(
    _ document: SourceDocument,
    _ lineEnd: SourceWriter.LineEnd = .lf,
    edit: (XMLElement) -> SourceWriter.Edit = { _ in .leave }
  ) -> String {
    var writer = SourceWriter(lineEnd)
    writer.root(document.root, of: document, edit: edit)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test("Elements are laid out, and each stays as it is spelled")
  func spelling() throws {
    let text = "<a \(Self.xsi)><b  x='1'\ty=\"&gt;\"><c></c><d/><e>&quot;t&#10;</e></b></a>"
    #expect(
      written(try document(text))
        == "<a \(Self.xsi)>\n  <b  x='1'\ty=\"&gt;\">\n    <c></c>\n    <d/>\n    <e>&quot;t&#10;</e>\n  </b>\n</a>"
    )
  }

  @Test("What holds text stays as it is, with all that lies in it")
  func mixed() throws {
    let text = "<a \(Self.xsi)><b>one <c> <d/></c> two</b><e> </e><f><![CDATA[<x/>]]></f></a>"
    #expect(
      written(try document(text))
        == "<a \(Self.xsi)>\n  <b>one <c> <d/></c> two</b>\n  <e> </e>\n  <f><![CDATA[<x/>]]></f>\n</a>"
    )
  }

  @Test("Comments stay where they are, and tags in them are none")
  func comments() throws {
    let text = "<a \(Self.xsi)><!-- <b> --><c/><!--x--><?p y?></a>"
    #expect(
      written(try document(text))
        == "<a \(Self.xsi)>\n  <!-- <b> -->\n  <c/>\n  <!--x--><?p y?>\n</a>"
    )
  }

  @Test(
    "Lines end in one way",
    arguments: [
      (SourceWriter.LineEnd.lf, "<a \(xsi)>\n  <t>1\n2\n3\n4</t>\n</a>"),
      (.crlf, "<a \(xsi)>\r\n  <t>1\r\n2\r\n3\r\n4</t>\r\n</a>"),
    ]
  )
  func lineEnds(_ lineEnd: SourceWriter.LineEnd, expected: String) throws {
    let text = "<a \(Self.xsi)>\r\n<t>1\n2\r\n3\r4</t></a>"
    #expect(written(try document(text), lineEnd) == expected)
  }

  @Test(
    "A file declares what was declared around its element, and a place in another takes it back"
  )
  func declarations() throws {
    let text = "<a \(Self.xsi) xmlns:p=\"urn:p\"><b n=\"1\"><p:c xsi:nil=\"true\" /></b></a>"
    let one = try document(text)
    let element = try #require(one.root.child("b"))
    var file = SourceWriter(.lf)
    file.root(element, of: one)
    let content = String(decoding: file.bytes, as: UTF8.self)
    #expect(
      content
        == "<b n=\"1\" \(Self.xsi) xmlns:p=\"urn:p\">\n  <p:c xsi:nil=\"true\" />\n</b>"
        || content
          == "<b n=\"1\" xmlns:p=\"urn:p\" \(Self.xsi)>\n  <p:c xsi:nil=\"true\" />\n</b>"
    )
    let two = try document(content)
    var whole = SourceWriter(.lf)
    whole.frame(one.root, of: one) { $0.child(two.root, of: two, isRoot: true) }
    #expect(
      String(decoding: whole.bytes, as: UTF8.self)
        == "<a \(Self.xsi) xmlns:p=\"urn:p\">\n  <b n=\"1\">\n    <p:c xsi:nil=\"true\" />\n  </b>\n</a>"
    )
  }

  @Test("Elements are dropped, emptied, filled and replaced")
  func edits() throws {
    let one = try document("<a \(Self.xsi)><b><x/></b><c k=\"1\"><x/></c><d/><e>0</e><f/></a>")
    let text = written(one) { element in
      switch element.name {
      case "b": .drop
      case "c": .empty
      case "d":
        .fill {
          $0.breakLine()
          $0.element("n", [("v", "<\">")]) { _ in }
        }
      case "e": .text("2")
      case "f":
        .replace {
          $0.breakLine()
          $0.element("g") { _ in }
        }
      default: .leave
      }
    }
    #expect(
      text
        == "<a \(Self.xsi)>\n  <c k=\"1\" />\n  <d>\n    <n v=\"&lt;&quot;&gt;\" />\n  </d>\n  <e>2</e>\n  <g />\n</a>"
    )
  }

  @Test("Marks lead from each line to where it comes from")
  func marks() throws {
    let one = try document("<a \(Self.xsi)>\n<b/>\n\n\n<c>\n</c><d/></a>")
    var writer = SourceWriter(.crlf)
    writer.declare()
    writer.root(one.root, of: one)
    let lines = writer.marks.map { [$0.line, $0.sourceLine] }
    #expect(lines == [[2, 1], [4, 5], [6, 6]])
  }
}
