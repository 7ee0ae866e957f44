import Testing

@testable import WebAPI

/// Bodies of several parts, as clients write them.
@Suite("Batches as bytes")
struct MultipartTests {
  @Test(
    "WA-601, WA-602 parts are found with either end of lines, blank lines, a preamble, quoted boundaries",
    arguments: ["\n", "\r\n"]
  )
  func parts(end: String) throws {
    let text = """
      a preamble

      --b_1
      Content-Type: application/http
      Content-ID: 7

      POST /api/data/v9.2/accounts HTTP/1.1
      Content-Type: application/json


      {"name":"x"}

      --b_1
      Content-Type: application/http

      GET accounts?$filter=name eq 'a b' HTTP/1.1

      --b_1--
      """
    let body = Array(text.replacing("\n", with: end).utf8)
    let parts = try Multipart.parts(body, type: "multipart/mixed; boundary=\"b_1\"")
    #expect(parts.count == 2)
    #expect(parts[0].headers["content-id"] == "7")
    let first = try Multipart.request(parts[0].body)
    #expect(first.line == "POST /api/data/v9.2/accounts HTTP/1.1")
    #expect(first.1["CONTENT-TYPE"] == "application/json")
    #expect(String(decoding: first.body, as: UTF8.self) == "{\"name\":\"x\"}")
    let second = try Multipart.request(parts[1].body)
    #expect(second.line == "GET accounts?$filter=name eq 'a b' HTTP/1.1")
    #expect(second.body.isEmpty)
  }

  @Test(
    "WA-608 what has no boundary, or does not end with it, is refused",
    arguments: [
      ("multipart/mixed", "--a\n\nx\n--a--"), ("multipart/mixed; boundary=a", "--b\n\nx\n--b--"),
      ("multipart/mixed; boundary=a", "--a\n\nGET x HTTP/1.1\n"), ("", ""),
    ] as [(String, String)]
  )
  func refused(type: String, body: String) {
    #expect(throws: WebError.self) { try Multipart.parts(Array(body.utf8), type: type) }
  }

  @Test("WA-605, WA-606 answers go out with CRLF, their boundary first and last")
  func written() {
    var writer = Multipart.Writer(boundary: "batchresponse_1")
    writer.add(WebResponse(204, [("OData-EntityId", "x(1)")]), id: "1")
    writer.add(WebResponse(200, [("Content-Type", "text/plain")], body: Array("8".utf8)), id: nil)
    let text = String(decoding: writer.end(), as: UTF8.self)
    let lines = [
      "--batchresponse_1", "Content-Type: application/http", "Content-Transfer-Encoding: binary",
      "Content-ID: 1", "", "HTTP/1.1 204 No Content", "OData-EntityId: x(1)", "", "",
      "--batchresponse_1", "Content-Type: application/http", "Content-Transfer-Encoding: binary",
      "", "HTTP/1.1 200 OK", "Content-Type: text/plain", "", "8", "--batchresponse_1--", "",
    ]
    #expect(text == lines.joined(separator: "\r\n"))
  }

  @Test("JSON is on one line, and no text in it can be taken for markup")
  func json() {
    var json = JSONWriter()
    json.object {
      $0.member("a", "x\n\"</script>\u{7}")
      $0.member("b", 3)
      $0.member("c") {
        $0.list {
          $0.raw("1")
          $0.object { $0.member("d", nil as String?) }
        }
      }
      $0.member("e", true)
    }
    #expect(
      String(decoding: json.bytes, as: UTF8.self)
        == "{\"a\":\"x\\n\\\"\\u003c/script\\u003e\\u0007\",\"b\":3,\"c\":[1,{\"d\":null}],\"e\":true}"
    )
  }

  @Test("Preferences are read quoted and bare, in one field or several")
  func preferences() {
    let some = Preferences(
      "return=representation, odata.maxpagesize=10,odata.include-annotations=\"a.b,c.*\""
    )
    #expect(some.returnsRow && some.pageSize == 10)
    #expect(some.wants("a.b") && some.wants("c.d") && !some.wants("a.c"))
    let bare = Preferences("odata.include-annotations=a.b,c.d,odata.maxpagesize=9000")
    #expect(bare.wants("a.b") && bare.wants("c.d") && bare.pageSize == 5000)
    #expect(Preferences("odata.include-annotations=*").wants("anything"))
    #expect(Preferences(nil).applied(pages: true) == nil)
  }
}
