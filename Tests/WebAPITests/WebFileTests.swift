import EnvironmentSupport
import Solutions
import Testing
import WebAPI

/// Files of rows: whole and by pieces.
@Suite("Web API: files")
struct WebFileTests {
  /// A table `t` with a file column, and a row.
  private func asking() async throws -> Asking {
    let asking = try await Asking()
    try await asking.environment.import(
      "X 1.0 by A\ntable t\nprimary t.name\ncolumn t.doc file"
    )
    #expect(await asking.ask("POST ts", "{\"tid\":\"\(Asking.id(1))\",\"name\":\"one\"}") == "204")
    return asking
  }

  private var row: String { "ts(\(Asking.id(1)))" }

  @Test("WA-430, WA-432, WA-433 a file is written whole, shown by its name, read and removed")
  func whole() async throws {
    let asking = try await asking()
    #expect(await asking.ask("GET \(row)/doc/$value") == "204")
    #expect(
      await asking.ask(
        "PATCH \(row)/doc",
        "plain text",
        headers: [("x-ms-file-name", "a b.txt"), ("If-None-Match", "null")]
      ) == "204"
    )
    let shown = await asking.ask("GET \(row)?$select=doc,doc_name")
    #expect(
      shown.contains("\"doc_name\":\"a b.txt\"") && !shown.contains("\"doc\":null"),
      "\(shown)"
    )
    let raw = await asking.answer("GET \(row)/doc/$value")
    #expect(String(decoding: raw.body, as: UTF8.self) == "plain text")
    #expect(raw.headers["x-ms-file-name"] == "a b.txt" && raw.headers["x-ms-file-size"] == "10")
    #expect(
      raw.headers["Content-Disposition"] == "attachment; filename=\"a b.txt\""
    )
    let part = await asking.answer("GET \(row)/doc?size=full", headers: [("Range", "bytes=6-99")])
    #expect(part.status == 206 && part.headers["Content-Range"] == "bytes 6-9/10")
    #expect(String(decoding: part.body, as: UTF8.self).contains("\"value\":\"dGV4dA==\""))
    #expect(
      await asking.answer("GET \(row)/doc/$value", headers: [("Range", "bytes=10-")]).status == 416
    )
    #expect(await asking.ask("DELETE \(row)/doc") == "204")
    #expect(await asking.ask("GET \(row)?$select=doc").contains("\"doc\":null"))
  }

  @Test("WA-431 a file that comes by pieces is there with the last of them")
  func pieces() async throws {
    let asking = try await asking()
    let chunked = ("x-ms-transfer-mode", "chunked")
    let begun = await asking.answer(
      "PATCH \(row)/doc?x-ms-file-name=%C3%A4.bin",
      headers: [chunked]
    )
    #expect(begun.status == 200 && begun.headers["x-ms-chunk-size"] == "4194304")
    let location = try #require(begun.headers["Location"])
    let path = String(location.dropFirst(Asking.root.count))
    func send(_ range: String, _ body: String) async -> String {
      await asking.ask("PATCH \(path)", body, headers: [("Content-Range", range), chunked])
    }
    #expect(await send("bytes 0-2/6", "abc") == "206")
    #expect(await asking.ask("GET \(row)/doc/$value") == "204")
    // Not the next one, not what it says it is, and another token.
    #expect(await send("bytes 0-2/6", "abc").hasPrefix("400"))
    #expect(await send("bytes 3-5/6", "de").hasPrefix("400"))
    #expect(
      await asking.ask(
        "PATCH \(row)/doc?sessiontoken=\(Asking.id(9))",
        "def",
        headers: [("Content-Range", "bytes 3-5/6")]
      ).hasPrefix("400")
    )
    #expect(await send("bytes 3-5/6", "def") == "204")
    #expect(await asking.ask("GET \(row)/doc/$value") == "200 abcdef")
    #expect(await asking.ask("GET \(row)?$select=doc").contains("\"doc_name\":\"ä.bin\""))
    #expect(
      await asking.ask("PATCH \(row)/doc", "", headers: [chunked], right: .look).hasPrefix("403")
    )
  }
}
