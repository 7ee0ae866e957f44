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
    // WA-414: what it is called, and not what it holds.
    #expect(await asking.ask("GET \(row)/doc_name") == "200 {\"value\":\"a b.txt\"}")
    #expect(await asking.ask("GET \(row)/doc_name/$value") == "200 a b.txt")
    #expect(await asking.ask("DELETE \(row)/doc") == "204")
    #expect(await asking.ask("GET \(row)?$select=doc").contains("\"doc\":null"))
    #expect(await asking.ask("PATCH \(row)/doc", "again") == "204")
    #expect(await asking.ask("PATCH \(row)", "{\"doc\":null}") == "204")
    let gone = await asking.ask("GET \(row)?$select=doc,doc_name")
    #expect(gone.contains("\"doc\":null") && gone.contains("\"doc_name\":null"), "\(gone)")
  }

  @Test("WA §4.1 a picture has an id, an address and a time beside it, which nobody writes")
  func pictures() async throws {
    let asking = try await Asking()
    try await asking.environment.import("X 1.0 by A\ntable t\nprimary t.name\ncolumn t.pic image")
    let row = "ts(\(Asking.id(1)))"
    #expect(await asking.ask("POST ts", "{\"tid\":\"\(Asking.id(1))\",\"name\":\"one\"}") == "204")
    let facts = "GET \(row)?$select=picid,pic_url,pic_timestamp"
    #expect(
      await asking.ask(facts).contains("\"picid\":null,\"pic_url\":null,\"pic_timestamp\":null")
    )
    let written = #"{"pic":"iVBORw==","pic_url":"/elsewhere","pic_timestamp":1}"#
    #expect(await asking.ask("PATCH \(row)", written) == "204")
    let shown = await asking.ask(facts)
    let url = try #require(shown.firstMatch(of: /"pic_url":"\/api\/data\/v9.2\/([^"]*)"/)).output.1
    #expect(shown.contains(/"picid":"[-0-9a-f]{36}"/) && shown.contains(/"pic_timestamp":[0-9]+/))
    #expect(!shown.contains("\"pic\":"), "\(shown)")
    #expect(await asking.answer("GET \(url)").body == [0x89, 0x50, 0x4E, 0x47])
    #expect(await asking.ask("GET ts(\(Asking.id(1)))").contains("\"pic_url\":\"/api"))
    let columns = await asking.ask(
      "GET EntityDefinitions(LogicalName='t')/Attributes?$select=LogicalName,AttributeOf,AttributeType"
    )
    #expect(
      columns.contains(
        "\"LogicalName\":\"picid\",\"AttributeType\":\"Uniqueidentifier\",\"AttributeOf\":\"pic\""
      ),
      "\(columns)"
    )
    #expect(
      await asking.ask("GET $metadata").contains(
        "<Property Name=\"pic_timestamp\" Type=\"Edm.Int64\"/>"
      )
    )
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

  private var target: String {
    "{\"@odata.type\":\"Microsoft.Dynamics.CRM.t\",\"tid\":\"\(Asking.id(1))\"}"
  }

  private func token(_ answer: String) throws -> String {
    let match = try #require(
      answer.firstMatch(of: /"FileContinuationToken":"([^"]*)"/),
      "\(answer)"
    )
    return String(match.output.1)
  }

  @Test("WA-430 a file comes and goes by blocks, put in the order that the list of them says")
  func blocks() async throws {
    let asking = try await asking()
    let place = "\"Target\":\(target),\"FileAttributeName\":\"doc\""
    let begun = await asking.ask(
      "POST InitializeFileBlocksUpload",
      "{\(place),\"FileName\":\"x.txt\"}"
    )
    let upload = try token(begun)
    func block(_ name: String, _ data: String, _ token: String) async -> String {
      await asking.ask(
        "POST UploadBlock",
        "{\"BlockId\":\"\(name)\",\"BlockData\":\"\(data)\",\"FileContinuationToken\":\"\(token)\"}"
      )
    }
    // As blocks come, not as they stand in the list.
    #expect(await block("Mg==", "ZGVm", upload) == "204")
    #expect(await block("MQ==", "YWJj", upload) == "204")
    #expect(await block("MQ==", "no base64", upload).hasPrefix("400"))
    #expect(await block("MQ==", "YWJj", Asking.id(9)).hasPrefix("400"))
    #expect(await asking.ask("GET \(row)/doc/$value") == "204")
    func commit(_ list: String) async -> String {
      await asking.ask(
        "POST CommitFileBlocksUpload",
        "{\"FileName\":\"y.txt\",\"MimeType\":\"text/plain\",\"BlockList\":\(list),\"FileContinuationToken\":\"\(upload)\"}"
      )
    }
    #expect(await commit("[\"MQ==\",\"Mw==\"]").hasPrefix("400"))
    #expect(
      await asking.ask(
        "POST CommitFileBlocksUpload",
        "{\"BlockList\":[],\"FileContinuationToken\":\"\(upload)\"}"
      ).hasPrefix("400")
    )
    let done = await commit("[\"MQ==\",\"Mg==\"]")
    #expect(done.hasPrefix("200") && done.contains("\"FileSizeInBytes\":6"), "\(done)")
    #expect(await asking.ask("GET \(row)/doc/$value") == "200 abcdef")
    // The token is good once, and the id is the one that the row shows.
    #expect(await commit("[\"MQ==\"]").hasPrefix("400"))
    let file = try #require(done.firstMatch(of: /"FileId":"([^"]*)"/)).output.1
    let shown = await asking.ask("GET \(row)?$select=doc")
    #expect(shown.contains("\"doc\":\"\(file)\"") && shown.contains("y.txt"), "\(shown)")

    let opened = await asking.ask("POST InitializeFileBlocksDownload", "{\(place)}")
    #expect(opened.contains("\"FileName\":\"y.txt\",\"FileSizeInBytes\":6"), "\(opened)")
    let download = try token(opened)
    func read(_ offset: Int, _ length: Int) async -> String {
      await asking.ask(
        "POST DownloadBlock",
        "{\"Offset\":\(offset),\"BlockLength\":\(length),\"FileContinuationToken\":\"\(download)\"}"
      )
    }
    #expect(await read(0, 4).contains("\"Data\":\"YWJjZA==\""))
    #expect(await read(6, 1).hasPrefix("400"))
    #expect(await read(-1, 1).hasPrefix("400"))
    #expect(await read(4, 100).contains("\"Data\":\"ZWY=\""))

    #expect(
      await asking.ask("POST DeleteFile", "{\"FileId\":\"\(Asking.id(7))\"}").hasPrefix("404")
    )
    #expect(await asking.ask("POST DeleteFile", "{\"FileId\":\"\(file)\"}") == "204")
    #expect(await asking.ask("GET \(row)/doc/$value") == "204")
    #expect(await asking.ask("POST InitializeFileBlocksDownload", "{\(place)}").hasPrefix("404"))
  }

  @Test("WA-430 blocks go to columns for files of rows that are there, by who may write")
  func wrongBlocks() async throws {
    let asking = try await asking()
    func begin(_ target: String, _ column: String, right: WebRequest.Right = .destroy) async
      -> String
    {
      let body =
        "{\"Target\":\(target),\"FileAttributeName\":\"\(column)\",\"FileName\":\"x\"}"
      return await asking.ask("POST InitializeFileBlocksUpload", body, right: right)
    }
    #expect(await begin(target, "name").hasPrefix("400"))
    #expect(await begin(target, "nope").hasPrefix("400"))
    #expect(await begin("{\"tid\":\"\(Asking.id(1))\"}", "doc").hasPrefix("400"))
    #expect(
      await begin(target.replacing(Asking.id(1), with: Asking.id(2)), "doc").hasPrefix("404")
    )
    #expect(await begin(target, "doc", right: .look).hasPrefix("403"))
    #expect(await begin(target, "doc").hasPrefix("200"))
  }
}
